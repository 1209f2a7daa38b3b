package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.listingsync.common.health.Service;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.Topics;
import com.listingsync.embedded.kafka.KafkaInContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.kafka.KafkaContainer;

/** The sink on a broker as users run it. Skipped where Docker, or the image, is not at hand. */
class SinkContainerIT {

    @TempDir
    Path folder;

    @Test
    void writesRowsFromAContainersBroker() throws IOException {
        Topics topics = new Topics("container", SinkStack.PARTITIONS);
        try (KafkaContainer broker = started();
                SinkStack stack = SinkStack.start(folder)) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.getBootstrapServers()))) {
                new TopicAdmin(admin).createMissing(topics.all(), (short) 1);
            }
            Map<String, String> environment = stack.environment(topics);
            environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.getBootstrapServers());

            try (RowsTopic rows = new RowsTopic(broker.getBootstrapServers(), topics);
                    Committed committed = new Committed(broker.getBootstrapServers());
                    Service sink = SinkApp.start(environment)) {
                rows.property("L1", 1, "1", Optional.of(RowsTopic.origin("run-1")));
                rows.flush();

                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() ->
                                assertThat(committed.tally(topics, "run-1")).isEqualTo(Tally.of(Tally.WRITTEN, 1)));
                assertThat(stack.count("properties")).isEqualTo(1);
                assertThat(sink.health().isReady()).isTrue();
            }
        }
    }

    private static KafkaContainer started() {
        try {
            return KafkaInContainer.start();
        } catch (KafkaInContainer.UnavailableException e) {
            return abort(e.getMessage());
        }
    }
}
