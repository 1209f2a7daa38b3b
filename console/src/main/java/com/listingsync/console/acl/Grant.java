package com.listingsync.console.acl;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What one role may do with one resource, from every host. Reading and writing include describing, as Kafka has it.
 *
 * @param role who
 * @param resource with what
 * @param operations what; at least one
 */
public record Grant(Role role, ResourcePattern resource, Set<AclOperation> operations) {

    private static final String EVERY_HOST = "*";

    public Grant {
        operations = java.util.Collections.unmodifiableSet(EnumSet.copyOf(operations));
    }

    static Grant of(Role role, ResourceType type, String name, AclOperation first, AclOperation... more) {
        return new Grant(role, new ResourcePattern(type, name, PatternType.LITERAL), EnumSet.of(first, more));
    }

    /** The same for everything of that type whose name begins so. */
    static Grant ofAll(Role role, ResourceType type, String prefix, AclOperation first, AclOperation... more) {
        return new Grant(role, new ResourcePattern(type, prefix, PatternType.PREFIXED), EnumSet.of(first, more));
    }

    /** As Kafka keeps it, for this principal. */
    List<AclBinding> bindings(String principal) {
        return operations.stream()
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry(principal, EVERY_HOST, operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
