package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.listingsync.common.health.Service;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The sink on a broker as users run it. Skipped where Docker, or the image, is not at hand. */
class SinkContainerIT {

    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.3.1");

    @TempDir
    Path folder;

    @Test
    void writesRowsFromAContainersBroker() throws IOException {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "there is no Docker here");
        Topics topics = new Topics("container", SinkStack.PARTITIONS);
        try (KafkaContainer broker = new KafkaContainer(IMAGE);
                SinkStack stack = SinkStack.start(folder)) {
            startOrSkip(broker);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.getBootstrapServers()))) {
                new TopicAdmin(admin).createMissing(topics.all(), (short) 1);
            }
            Map<String, String> environment = stack.environment(topics);
            environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.getBootstrapServers());

            try (RowsTopic rows = new RowsTopic(broker.getBootstrapServers(), topics);
                    Service sink = SinkApp.start(environment)) {
                rows.property("L1", 1, "1", Optional.of(RowsTopic.origin("run-1")));
                rows.flush();

                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(CommittedTopic.tally(
                                        broker.getBootstrapServers(),
                                        topics.outcomes().name(),
                                        "run-1"))
                                .isEqualTo(Tally.of(Tally.WRITTEN, 1)));
                assertThat(stack.count("properties")).isEqualTo(1);
                assertThat(sink.health().isReady()).isTrue();
            }
        }
    }

    private static void startOrSkip(KafkaContainer broker) {
        try {
            broker.start();
        } catch (ContainerFetchException e) {
            // Not a failure of the sink: this machine has Docker and can't get the image.
            abort("Docker has no image " + IMAGE + " and can't get it");
        }
    }
}
