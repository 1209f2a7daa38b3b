package com.listingsync.console.doctor;

import com.listingsync.console.kafka.Answers;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/**
 * How often the brokers look for transactions whose time is up: until then, what a killed service left open holds up the others.
 *
 * @param access how to reach Kafka
 */
record LeftoversCheck(KafkaAccess access) implements Check {

    static final String INTERVAL = "transaction.abort.timed.out.transaction.cleanup.interval.ms";

    private static final String AREA = "kafka";
    private static final String NAME = "leftovers";

    /** What docs/deployment.md advises and the compose file has; Kafka's default is ten times that. */
    private static final int ADVISED_MILLIS = 1_000;

    @Override
    public List<Finding> look() throws InterruptedException {
        try (Admin admin = access.admin()) {
            List<ConfigResource> brokers = Answers.get(admin.describeCluster().nodes()).stream()
                    .map(Node::idString)
                    .map(id -> new ConfigResource(ConfigResource.Type.BROKER, id))
                    .toList();
            Map<String, Optional<String>> intervals = new TreeMap<>();
            Answers.get(admin.describeConfigs(brokers).all())
                    .forEach((broker, config) -> intervals.put(broker.name(), interval(config)));
            return findings(intervals);
        } catch (KafkaException e) {
            // Only the advice is missing; nothing fails because of it.
            return List.of(Finding.unseen(
                    AREA,
                    NAME,
                    "how soon brokers roll back what a killed service left open can't be asked (" + e.getMessage()
                            + ")",
                    "grant DescribeConfigs on the cluster, or look for " + INTERVAL
                            + " in the brokers' configuration"));
        }
    }

    /** @param intervals milliseconds by broker; empty for one that does not tell */
    static List<Finding> findings(Map<String, Optional<String>> intervals) {
        List<Finding> findings = new ArrayList<>();
        intervals.forEach((broker, interval) -> interval.filter(millis -> Long.parseLong(millis) > ADVISED_MILLIS)
                .ifPresent(millis -> findings.add(Finding.warning(
                        AREA,
                        NAME,
                        "broker " + broker + " looks every " + millis
                                + " ms for transactions whose time is up: rows stand"
                                + " still for up to that long more when a processor or sink is killed",
                        "set " + INTERVAL + "=" + ADVISED_MILLIS + " on the brokers (docs/deployment.md)"))));
        if (findings.isEmpty()) {
            findings.add(
                    intervals.values().stream().anyMatch(Optional::isPresent)
                            ? Finding.good(
                                    AREA,
                                    NAME,
                                    "what a killed service leaves open is looked for at least every " + ADVISED_MILLIS
                                            + " ms")
                            : Finding.unseen(
                                    AREA,
                                    NAME,
                                    "the brokers do not tell how soon they roll back what a killed service left open",
                                    "docs/deployment.md says what it should be"));
        }
        return findings;
    }

    private static Optional<String> interval(Config broker) {
        ConfigEntry entry = broker.get(INTERVAL);
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.value());
    }
}
