package com.listingsync.console.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.topic.LogEnd;
import com.listingsync.common.topic.Standstill;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a topic to its end, on a real broker and on one that goes away. */
class LogEndIT {

    private static final String TOPIC = "numbers";
    private static final int RECORDS = 200;

    @TempDir
    private Path folder;

    @Test
    void readsPastTheEndsOfTransactionsAndGivesUpWhenTheBrokerGoesAway() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            KafkaAccess access = KafkaAccess.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()));
            fill(access);
            List<String> whole = new ArrayList<>();
            try (Consumer<byte[], byte[]> consumer = reader(access)) {
                LogEnd.readTo(consumer, each -> whole.add(new String(each.value())));
            }

            assertThat(whole).hasSize(RECORDS).startsWith("0", "1").endsWith("199");

            try (Consumer<byte[], byte[]> consumer = reader(access)) {
                assertThatThrownBy(() -> LogEnd.readTo(
                                consumer, each -> kafka.close(), left -> true, new Standstill(Duration.ofSeconds(1))))
                        .isInstanceOf(TimeoutException.class)
                        .hasMessage("Kafka has sent nothing for 1 s, though there is more");
            }
        }
    }

    /** Some kilobytes at a time, so that most of the topic is still at the broker after the first records. */
    private static Consumer<byte[], byte[]> reader(KafkaAccess access) {
        Consumer<byte[], byte[]> consumer = access.consumer(Map.of(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1_000,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1_000));
        List<TopicPartition> partitions = List.of(new TopicPartition(TOPIC, 0));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static void fill(KafkaAccess access) throws Exception {
        try (Admin admin = access.admin()) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        try (Producer<byte[], byte[]> producer = access.transactional("numbers")) {
            producer.initTransactions();
            for (int i = 0; i < RECORDS; i++) {
                producer.beginTransaction();
                producer.send(
                        new ProducerRecord<>(TOPIC, 0, null, Integer.toString(i).getBytes()));
                producer.commitTransaction();
            }
        }
    }
}
