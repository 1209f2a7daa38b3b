package com.listingsync.console.acl;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;

/** Access rules as commands of {@code kafka-acls.sh}, which comes with Kafka. Stateless. */
public final class AclCommands {

    private AclCommands() {}

    /**
     * A command for each rule.
     *
     * @param bootstrapServers brokers that the tool is to talk to
     * @param adminConfig properties file with which it may change ACLs
     */
    public static List<String> of(
            AccessRules rules, Map<Role, String> principals, String bootstrapServers, String adminConfig) {
        return rules.grants().stream()
                .filter(grant -> principals.containsKey(grant.role()))
                .map(grant -> "kafka-acls.sh --bootstrap-server " + quoted(bootstrapServers)
                        + " --command-config " + quoted(adminConfig)
                        + " --add --allow-principal "
                        + quoted(Objects.requireNonNull(principals.get(grant.role()))) + operations(grant)
                        + " --"
                        + grant.resource()
                                .resourceType()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-')
                        + " " + quoted(grant.resource().name())
                        + (grant.resource().patternType() == PatternType.PREFIXED
                                ? " --resource-pattern-type prefixed"
                                : ""))
                .toList();
    }

    private static String operations(Grant grant) {
        return grant.operations().stream()
                .map(operation -> " --operation " + word(operation))
                .collect(Collectors.joining());
    }

    /** As {@code DescribeConfigs}. */
    private static String word(AclOperation operation) {
        return java.util.Arrays.stream(operation.name().split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_.:,/-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
