package com.listingsync.console.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.wire.Json;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/**
 * What was done so that the broker has the topics of the catalogue.
 *
 * @param topics how many there are in the catalogue
 * @param created those that were missing
 * @param contradictions what is not as it must be, a sentence each; nothing is changed about it
 */
public record TopicChange(int topics, List<String> created, List<String> contradictions) {

    public TopicChange {
        created = List.copyOf(created);
        contradictions = List.copyOf(contradictions);
    }

    /** Creates the topics that are missing and checks the others. */
    public static TopicChange apply(KafkaAccess access) {
        try (Admin admin = access.admin()) {
            TopicAdmin topics = new TopicAdmin(admin);
            short replication = (short) access.settings().topicReplication();
            List<String> created = topics.createMissing(access.topics().all(), replication);
            return new TopicChange(
                    access.topics().all().size(),
                    created,
                    topics.contradictions(access.topics().all()));
        }
    }

    /** {@code topics, created[], contradictions[]}. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("topics", topics);
        created.forEach(json.putArray("created")::add);
        contradictions.forEach(json.putArray("contradictions")::add);
        return json;
    }
}
