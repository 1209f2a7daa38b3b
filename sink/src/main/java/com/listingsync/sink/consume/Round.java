package com.listingsync.sink.consume;

import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.run.Tally;
import com.listingsync.sink.batch.BatchLimits;
import com.listingsync.sink.batch.Books;
import com.listingsync.sink.batch.Coalesced;
import com.listingsync.sink.batch.Plan;
import com.listingsync.sink.batch.Row;
import com.listingsync.sink.consume.Reading.LeftOut;
import com.listingsync.sink.consume.Reading.Understood;
import com.listingsync.sink.consume.Reading.Unreadable;
import com.listingsync.sink.cutover.CutoverSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What one poll brought, made ready: read, coalesced and planned. Immutable but for what its records hold.
 *
 * @param records the records by place, without those left out
 * @param plan the rows to deliver
 * @param bytes of the rows to deliver
 * @param unreadable records that are no rows
 * @param leftOut rows of listings that are not this sync's
 * @param coalesced its rows, and those that later ones of this poll replaced
 * @param begin offset of the first record, per partition: where to go back to if nothing is recorded
 * @param end what to commit, per partition
 * @param read how many records the poll brought, those that are passed by included
 */
record Round(
        List<ConsumerRecord<byte[], byte[]>> records,
        Plan plan,
        long bytes,
        List<Unreadable> unreadable,
        List<LeftOut> leftOut,
        Coalesced coalesced,
        Map<TopicPartition, Long> begin,
        Map<TopicPartition, OffsetAndMetadata> end,
        long read) {

    static Round of(
            ConsumerRecords<byte[], byte[]> polled, RowReader reader, Function<TableLayout, BatchLimits> limits) {
        return of(polled, row -> true, reader, limits);
    }

    /** @param wanted says of every record whether it is to be delivered */
    static Round of(
            ConsumerRecords<byte[], byte[]> polled,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted,
            RowReader reader,
            Function<TableLayout, BatchLimits> limits) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
        List<Row> rows = new ArrayList<>(polled.count());
        List<Unreadable> unreadable = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        Map<TopicPartition, Long> begin = new HashMap<>();
        Function<Understood, Boolean> toRows = understood -> rows.add(understood.row());
        Function<Unreadable, Boolean> toUnreadable = unreadable::add;
        Function<LeftOut, Boolean> aside = left -> !leftOut.add(left);
        for (TopicPartition partition : polled.partitions()) {
            for (ConsumerRecord<byte[], byte[]> row : polled.records(partition)) {
                if (wanted.test(row) && reader.read(row, records.size()).fold(toRows, toUnreadable, aside)) {
                    records.add(row);
                }
            }
            begin.put(partition, polled.records(partition).get(0).offset());
        }
        Coalesced coalesced = Coalesced.of(rows);
        Plan plan = Plan.of(coalesced.latest(), limits);
        return new Round(
                records, plan, plan.bytes(), unreadable, leftOut, coalesced, begin, polled.nextOffsets(), polled.count());
    }

    /** Whether it may begin while the last batches of a round before it are under way: no row is in both, none waits for a parent. */
    boolean mayJoinEndOf(Round before) {
        return plan.mayJoinEndOf(before.plan) && coalesced.disjoint(before.coalesced);
    }

    List<Row> superseded() {
        return coalesced.superseded();
    }

    /** What is known of its books before anything is sent; superseded rows may still be needed. */
    Books books() {
        Books books = new Books();
        unreadable.forEach(record -> books.count(record.account(), Tally.refused(record.code()), 1));
        leftOut.forEach(row -> books.count(row.account(), CutoverSettings.OUTSIDE, 1));
        return books;
    }
}
