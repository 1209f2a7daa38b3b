package com.listingsync.sink.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.meter.Commits;
import com.listingsync.common.meter.Meters;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import com.listingsync.sink.Committed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that end otherwise than with their commit, on a real broker. */
class TransactionsIT {

    private static final String ID = "listings-sink-one";
    private static final String TOPIC = "counts";
    private static final TopicPartition ROWS = new TopicPartition(TOPIC, 0);
    private static final ConsumerGroupMetadata GROUP = new ConsumerGroupMetadata("listings-sink");
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** More than any of them takes, on whatever machine. */
    private static final Duration AMPLE = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private Admin admin;
    private Committed committed;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(folder, 0);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        committed = new Committed(kafka.bootstrapServers());
    }

    @AfterEach
    void stop() {
        committed.close();
        admin.close();
        kafka.close();
    }

    @Test
    void oneThatStoodStillIsRolledBackAndGoesOnWithTheSameInANewOne() {
        try (Transactions transactions = transactions(TIMEOUT)) {
            assertThatThrownBy(() -> commit(transactions, "lost", this::awaitRolledBack))
                    .isInstanceOf(RolledBackException.class)
                    .hasMessageContaining("expected the transaction to take less than 1000 ms");
            assertThat(committed()).isEmpty();

            commit(transactions, "kept", () -> {});

            assertThat(committed()).containsExactly("kept");
        }
    }

    @Test
    void oneThatAnotherInstanceOfTheNameHasReplacedIsFenced() {
        try (Transactions transactions = transactions(AMPLE);
                Transactions successor = transactions(AMPLE)) {
            assertThatThrownBy(() -> commit(transactions, "lost", successor::open))
                    .isInstanceOf(ProducerFencedException.class);

            commit(successor, "kept", () -> {});

            assertThat(committed()).containsExactly("kept");
        }
    }

    private Transactions transactions(Duration timeout) {
        return new Transactions(() -> producer(timeout), timeout, new Commits(new Meters(), "sink"));
    }

    private Producer<byte[], byte[]> producer(Duration timeout) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "transactional.id",
                        ID,
                        "transaction.timeout.ms",
                        (int) timeout.toMillis()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** @param meanwhile happens between the sending and the commit */
    private static void commit(Transactions transactions, String text, Runnable meanwhile) {
        transactions.commit(
                producer -> {
                    producer.send(new ProducerRecord<>(TOPIC, text.getBytes(StandardCharsets.UTF_8)));
                    producer.flush();
                    meanwhile.run();
                },
                Map.of(ROWS, new OffsetAndMetadata(1)),
                GROUP);
    }

    private void awaitRolledBack() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(admin.describeTransactions(List.of(ID))
                                .all()
                                .get()
                                .get(ID)
                                .state())
                        .isEqualTo(TransactionState.COMPLETE_ABORT));
    }

    private List<String> committed() {
        return committed.on(TOPIC).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
