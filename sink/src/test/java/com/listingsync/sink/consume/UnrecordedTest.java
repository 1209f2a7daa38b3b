package com.listingsync.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.sink.batch.BatchLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class UnrecordedTest {

    private static final TopicPartition ONE = new TopicPartition("rows", 1);
    private static final TopicPartition TWO = new TopicPartition("rows", 2);

    private final Unrecorded unrecorded = new Unrecorded();

    @Test
    void commitsTheLastEndAndGoesBackToTheFirstBegin() {
        unrecorded.add(report(ONE, 10), 0);
        unrecorded.add(report(TWO, 7), 0);
        unrecorded.add(report(ONE, 11), 0);

        assertThat(unrecorded.begin()).isEqualTo(Map.of(ONE, 10L, TWO, 7L));
        assertThat(unrecorded.end()).isEqualTo(Map.of(ONE, new OffsetAndMetadata(12), TWO, new OffsetAndMetadata(8)));
    }

    @Test
    void isDueWhenItsFirstRoundHasWaitedLong() {
        long begin = 1_000;
        unrecorded.add(report(ONE, 0), begin);
        long later = begin + Unrecorded.LONGEST.toNanos() - 1;
        unrecorded.add(report(ONE, 1), later);
        unrecorded.lookUp(report -> List.of());

        assertThat(unrecorded.patience(later)).isEqualTo(Duration.ofNanos(1));
        assertThat(unrecorded.patience(later + 1)).isZero();
    }

    @Test
    void isDueAtOnceWhileItHoldsTheRecordsOfARound() {
        unrecorded.add(report(ONE, 0), 0);

        assertThat(unrecorded.patience(0)).isZero();
        unrecorded.lookUp(report -> List.of());
        assertThat(unrecorded.patience(0)).isEqualTo(Unrecorded.LONGEST);
    }

    @Test
    void isNeverDueWhenThereIsNothingToRecord() {
        assertThat(unrecorded.isEmpty()).isTrue();
        assertThat(unrecorded.patience(Long.MAX_VALUE)).isGreaterThan(Duration.ofDays(1));
    }

    private static RoundReport report(TopicPartition partition, long offset) {
        ConsumerRecord<byte[], byte[]> unreadable =
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], new byte[0]);
        Round round = Round.of(
                new ConsumerRecords<>(
                        Map.of(partition, List.of(unreadable)), Map.of(partition, new OffsetAndMetadata(offset + 1))),
                new RowReader(List.of()),
                table -> new BatchLimits(1, 1));
        return new RoundReport(round, round.books(), List.of());
    }
}
