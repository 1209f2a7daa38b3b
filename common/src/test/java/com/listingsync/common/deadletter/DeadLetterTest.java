package com.listingsync.common.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
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

    private static Headers written(Headers original) {
        Headers target = new org.apache.kafka.common.header.internals.RecordHeaders();
        LETTER.write(original, target);
        return target;
    }
}
