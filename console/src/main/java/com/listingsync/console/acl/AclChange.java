package com.listingsync.console.acl;

import com.listingsync.console.kafka.KafkaAccess;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/**
 * What became of rules that a broker was to have.
 *
 * @param added how many it did not have
 * @param there how many it had
 */
public record AclChange(int added, int there) {

    /**
     * Gives a broker the rules that it does not have; takes none away.
     *
     * @throws KafkaException when it can't be reached, has no authorizer, or does not let us
     */
    public static AclChange apply(KafkaAccess access, Collection<AclBinding> wanted) {
        try (Admin admin = access.admin()) {
            Set<AclBinding> known =
                    new HashSet<>(get(admin.describeAcls(AclBindingFilter.ANY).values()));
            List<AclBinding> missing =
                    wanted.stream().filter(rule -> !known.contains(rule)).toList();
            get(admin.createAcls(missing).all());
            return new AclChange(missing.size(), wanted.size() - missing.size());
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            // Some of the rules may be there; the next call adds the others.
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while changing ACLs", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException("the broker did not answer about ACLs", e.getCause());
        }
    }
}
