package com.listingsync.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.topic.LoneConsumer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoneConsumerIT {

    private static final TopicPartition PLACE = new TopicPartition("read", 0);

    /** So long the broker holds an answer back when there is nothing to read. */
    private static final Duration HELD_BACK = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void isClosedAtOnceThoughABrokerHoldsItsAnswerBack() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            createTopic(kafka);
            LoneConsumer<byte[]> consumer = LoneConsumer.ofBytes(Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    kafka.bootstrapServers(),
                    ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    (int) HELD_BACK.multipliedBy(2).toMillis(),
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    (int) HELD_BACK.toMillis()));
            consumer.assign(List.of(PLACE));
            consumer.seekToBeginning(List.of(PLACE));
            assertThat(consumer.poll(Duration.ofSeconds(1))).isEmpty();
            long begun = System.nanoTime();

            consumer.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(HELD_BACK.dividedBy(2));
        }
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(PLACE.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }
}
