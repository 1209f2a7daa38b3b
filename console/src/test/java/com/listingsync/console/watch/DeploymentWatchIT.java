package com.listingsync.console.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console measures of a deployment on a real broker. */
class DeploymentWatchIT {

    @TempDir
    private Path folder;

    @Test
    void measuresRunsAndLags() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            KafkaAccess access = KafkaAccess.of(
                    Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(), "SYNC_TOPIC_PARTITIONS", "2"));
            Meters meters = new Meters();
            try (DeploymentWatch watch =
                    new DeploymentWatch(access, meters, InstantSource.system(), Duration.ofMillis(200))) {
                watch.start();

                theSinkIsFiveRecordsBehind(access);
                awaitMeter(meters, "listings_lag_records{group=\"listings-sink\",topic=\"listings.rows\"} 5.0");
                aRunFails(access);
                awaitMeter(meters, "listings_runs_total{kind=\"other\",status=\"failed\"} 1.0");
                assertThat(watch.failure()).isEmpty();

                assertThat(meters.scrape()).doesNotContain("another-application");
            } finally {
                meters.close();
            }
        }
    }

    private static void awaitMeter(Meters meters, String line) {
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(meters.scrape()).contains(line + "\n"));
    }

    private static void theSinkIsFiveRecordsBehind(KafkaAccess access) throws Exception {
        String rows = access.topics().rows().name();
        try (Admin admin = access.admin();
                Producer<byte[], byte[]> producer = access.transactional("test")) {
            new TopicAdmin(admin).createMissing(access.topics().all(), (short) 1);
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < 4; i++) {
                producer.send(new ProducerRecord<>(rows, 0, bytes("key" + i), bytes("{}")));
            }
            producer.commitTransaction();
            // The mark of the transaction is the fifth.
            admin.alterConsumerGroupOffsets(
                            "listings-sink", Map.of(new TopicPartition(rows, 0), new OffsetAndMetadata(0)))
                    .all()
                    .get();
            admin.alterConsumerGroupOffsets(
                            "another-application", Map.of(new TopicPartition(rows, 0), new OffsetAndMetadata(0)))
                    .all()
                    .get();
        }
    }

    /** And somebody else's record stands before its own. */
    private static void aRunFails(KafkaAccess access) {
        FeedName feed = new FeedName("mls", "property");
        RunState begun = RunState.first("run-1", 1).plus(new Outcome.RunStarted(List.of(feed), "cli", 1));
        RunState ended = begun.plus(new Outcome.FeedFinished(feed, "no answer", 2));
        try (Producer<byte[], byte[]> producer = access.transactional("test")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(access.topics().runs().name(), bytes("foreign"), bytes("not a run")));
            producer.commitTransaction();
            for (RunState state : List.of(begun, ended)) {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(access.topics().runs().name(), bytes("run-1"), state.bytes()));
                producer.commitTransaction();
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
