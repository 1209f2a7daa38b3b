package com.listingsync.console.doctor;

import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * The topics against the catalogue; the repair creates those that are missing.
 *
 * @param access how to reach Kafka
 * @param repair whether to create what is missing
 */
record TopicsCheck(KafkaAccess access, boolean repair) implements Check {

    private static final String AREA = "kafka";

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        List<TopicSpec> all = access.topics().all();
        try (Admin admin = access.admin()) {
            TopicAdmin topics = new TopicAdmin(admin);
            if (repair) {
                topics.createMissing(all, (short) access.settings().topicReplication())
                        .forEach(name -> findings.add(Finding.good(AREA, "topics", "created " + name)));
            }
            List<String> problems = topics.contradictions(all);
            problems.forEach(problem -> findings.add(Finding.bad(AREA, "topics", problem, fix(problem))));
            if (problems.isEmpty()) {
                findings.add(Finding.good(AREA, "topics", all.size() + " topics with their partitions and policies"));
            }
        } catch (KafkaException e) {
            // The address has a finding of its own.
            findings.add(Finding.bad(
                    AREA,
                    "topics",
                    "could not be looked at (" + e.getMessage() + ")",
                    "grant Describe and DescribeConfigs on " + access.topics().prefix() + ".*"));
        }
        return findings;
    }

    private static String fix(String problem) {
        if (problem.contains("does not exist")) {
            return "'./listing-sync doctor --fix' or './listing-sync topics apply' creates it";
        }
        return problem.contains("partitions")
                ? "the count can't be lowered, and raising it re-deals every key: set SYNC_TOPIC_PARTITIONS to what is"
                        + " there"
                : "kafka-configs --alter --entity-type topics sets it back";
    }
}
