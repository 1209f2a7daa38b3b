package com.listingsync.common.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/** A dead letter keeps the original's headers and adds why, in the words of the tools that read it. */
class DeadLetterTest {

    private static final DeadLetter LETTER = new DeadLetter(
            Stage.SINK,
            "22P02",
            "column price: the database refused the value",
            Optional.of("price"),
            Optional.of(400),
            3,
            Optional.empty(),
            Optional.of(new DeadLetter.Position("listings.rows", 2, 41)),
            Instant.ofEpochMilli(1_700_000_000_000L));

    @Test
    void speaksKafkaConnectsHeaders() {
        Headers headers = written(new org.apache.kafka.common.header.internals.RecordHeaders());

        assertThat(RecordHeaders.text(headers, "__connect.errors.topic")).contains("listings.rows");
        assertThat(RecordHeaders.text(headers, "__connect.errors.partition")).contains("2");
        assertThat(RecordHeaders.text(headers, "__connect.errors.offset")).contains("41");
        assertThat(RecordHeaders.text(headers, "__connect.errors.stage")).contains("sink");
    }

    @Test
    void speaksSpringKafkasHeadersInBinary() {
        Headers headers = written(new org.apache.kafka.common.header.internals.RecordHeaders());

        assertThat(ByteBuffer.wrap(headers.lastHeader("kafka_dlt-original-partition")
                                .value())
                        .getInt())
                .isEqualTo(2);
        assertThat(ByteBuffer.wrap(
                                headers.lastHeader("kafka_dlt-original-offset").value())
                        .getLong())
                .isEqualTo(41);
    }

    @Test
    void keepsTheOriginalsHeadersAndItsRun() {
        Headers original = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.put(original, RecordHeaders.RUN, "r1");

        Headers headers = written(original);

        assertThat(RecordHeaders.text(headers, RecordHeaders.RUN)).contains("r1");
        assertThat(RecordHeaders.text(headers, "__listings.errors.run")).contains("r1");
        assertThat(RecordHeaders.text(headers, "__listings.errors.column")).contains("price");
        assertThat(RecordHeaders.text(headers, "__listings.errors.attempts")).contains("3");
    }

    @Test
    void replacesTheReasonsOfAnEarlierRefusal() {
        Headers once = written(new org.apache.kafka.common.header.internals.RecordHeaders());

        Headers twice = written(once);

        assertThat(twice.headers("__listings.errors.code")).hasSize(1);
    }

    @Test
    void forgetsWhatEarlierRefusalsSaid() {
        Headers original = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.put(original, "__listings.errors.platform", "facebook");
        RecordHeaders.put(original, "__connect.errors.exception.stacktrace", "at …");
        RecordHeaders.put(original, "__listings.errors.run", "r1");
        RecordHeaders.put(original, "run", new ReplayMark(new LetterId("t", 0, 1), 2).run());

        Headers headers = written(original);

        assertThat(headers.lastHeader("__listings.errors.platform")).isNull();
        assertThat(headers.lastHeader("__connect.errors.exception.stacktrace")).isNull();
        assertThat(RecordHeaders.text(headers, "__listings.errors.run")).contains("r1");
        assertThat(ReplayMark.of(headers)).contains(new ReplayMark(new LetterId("t", 0, 1), 2));
    }

    @Test
    void neverOutgrowsItsTopicByItsHeaders() {
        Headers original = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.put(original, "entity", "property");
        for (int i = 0; i < 50_000; i++) {
            RecordHeaders.put(original, "h" + i, "");
        }
        RecordHeaders.put(original, "huge", "x".repeat(900_000));
        DeadLetter wordy = new DeadLetter(
                Stage.SINK,
                "c".repeat(10_000),
                "ü".repeat(1_000_000),
                Optional.of("x".repeat(10_000)),
                Optional.of(500),
                1,
                Optional.of("x".repeat(10_000)),
                Optional.of(new DeadLetter.Position("t".repeat(249), 9, 9)),
                Instant.ofEpochMilli(1));

        Headers target = new org.apache.kafka.common.header.internals.RecordHeaders();
        wordy.write(original, target);

        int size = MemoryRecords.withRecords(
                        Compression.NONE,
                        new SimpleRecord(
                                1L, new byte[DeadLetter.KEY_BYTES], new byte[DeadLetter.VALUE_BYTES], target.toArray()))
                .sizeInBytes();
        assertThat(size).isLessThan(1_048_588);
        assertThat(RecordHeaders.text(target, "entity")).contains("property");
        assertThat(RecordHeaders.text(target, DeadLetter.HEADERS_LEFT_OUT)).isPresent();
    }

    @Test
    void copesWithItselfTwentyTimesOver() {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.put(headers, "entity", "property");
        int once = written(headers).toArray().length;

        for (int i = 0; i < 20; i++) {
            headers = written(headers);
        }

        assertThat(headers.toArray()).hasSize(once);
    }

    private static Headers written(Headers original) {
        Headers target = new org.apache.kafka.common.header.internals.RecordHeaders();
        LETTER.write(original, target);
        return target;
    }
}
