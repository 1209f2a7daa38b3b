package com.listingsync.console.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.run.RunId;
import com.listingsync.common.run.Tally;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RowKey;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.mapping.ReprocessRun;
import com.listingsync.console.run.RunWatch;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.verify.Difference.Kind;
import com.listingsync.console.verify.LoggedRow.Fate;
import com.listingsync.sink.consume.Redelivery;
import com.listingsync.sink.deliver.SupabaseSettings;
import com.listingsync.sink.deliver.TableAccess;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Mends what a verification found, and nothing else.
 *
 * <p>The table's guard refuses an equal or an older version, so not everything can just be sent again:
 *
 * <pre>
 *   missing, stale        the log's record once more: the guard lets it pass
 *   different, ahead      the processor makes the row again from its source record, with a version that outranks the table's
 *   ... of a deleted row  marked as deleted, one version later than the table's
 *   ... of a sync table   removed and sent again: no source record makes it, and nothing refers to it
 *   extra                 marked as deleted, where that is wanted
 * </pre>
 *
 * Confined to one thread.
 */
public final class Repair {

    private static final int AT_ONCE = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long MICROS_PER_MILLI = 1_000;

    private final KafkaAccess access;
    private final Map<String, String> environment;
    private final Map<String, TableShape> shapes;
    private final List<TableLayout> layouts;
    private final Extra extra;
    private final String who;
    private final Clock clock;

    /** What is to be done about rows that the log does not know. */
    public enum Extra {
        /** They stay; somebody else may have put them there. */
        KEEP,
        /** They are marked as deleted; where a table has no such mark, removed. */
        DELETE
    }

    /**
     * What was done.
     *
     * @param done rows by what was done: {@code sent}, {@code remade}, {@code marked}, {@code removed}
     * @param left rows that were left as they are, by reason
     */
    public record Outcome(Map<String, Long> done, Map<String, Long> left) {
        public Outcome {
            done = Map.copyOf(done);
            left = Map.copyOf(left);
        }

        /** Rows that something was done about. */
        public long count() {
            return done.values().stream().mapToLong(Long::longValue).sum();
        }

        /** For people. */
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            new TreeMap<>(done).forEach((what, rows) -> lines.add("repaired: " + rows + " " + what));
            new TreeMap<>(left).forEach((why, rows) -> lines.add("left as they are: " + rows + ", " + why));
            return lines;
        }

        /** For scripts. */
        public ObjectNode json() {
            ObjectNode json = Json.MAPPER.createObjectNode();
            json.set("done", Json.MAPPER.valueToTree(done));
            json.set("left", Json.MAPPER.valueToTree(left));
            return json;
        }
    }

    /**
     * @param environment names the Supabase project, as the sink's settings do
     * @param who asks for it
     */
    public Repair(
            KafkaAccess access,
            Map<String, String> environment,
            Mapping mapping,
            Extra extra,
            String who,
            Clock clock) {
        this.access = access;
        this.environment = Map.copyOf(environment);
        this.shapes = TableShape.all(mapping);
        this.layouts = mapping.layouts();
        this.extra = extra;
        this.who = who;
        this.clock = clock;
    }

    /**
     * Mends what the report lists.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    public Outcome work(VerifyReport report) {
        Work work = new Work();
        report.differences().forEach(work::sort);
        try (RowLogReader log = new RowLogReader(access, shapes, key -> true);
                TableAccess tables = new TableAccess(EnvRecords.read(SupabaseSettings.class, environment));
                Redelivery sink = new Redelivery(environment, layouts)) {
            send(work.remove.stream().map(one -> purge(one)).toList(), sink);
            work.count("removed", work.remove.size());
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (Difference one : work.send) {
                Optional<ConsumerRecord<byte[], byte[]>> record =
                        one.logged().flatMap(log::record).map(found -> found);
                record.ifPresent(records::add);
                if (records.size() == AT_ONCE) {
                    work.sent(send(records, sink));
                    records.clear();
                }
            }
            work.sent(send(records, sink));
            for (Difference one : work.mark) {
                mark(one, tables, work);
            }
        }
        work.remake.forEach((entity, ids) -> remake(entity, List.copyOf(ids), work));
        return new Outcome(work.done, work.left);
    }

    /** What is to be done, sorted. */
    private final class Work {

        private final List<Difference> send = new ArrayList<>();
        private final List<Difference> remove = new ArrayList<>();
        private final List<Difference> mark = new ArrayList<>();
        private final Map<String, Set<String>> remake = new LinkedHashMap<>();
        private final Map<String, Long> done = new TreeMap<>();
        private final Map<String, Long> left = new TreeMap<>();

        void sort(Difference one) {
            TableShape shape = shapes.get(one.table());
            if (shape == null) {
                leave("their table is not in the mapping", 1);
            } else if (one.late()) {
                leave("the sink has yet to come to them", 1);
            } else if (one.kind() == Kind.EXTRA) {
                extra(one, shape);
            } else if (one.kind() == Kind.MISSING || one.kind() == Kind.STALE) {
                send.add(one);
            } else {
                changed(one, shape);
            }
        }

        private void extra(Difference one, TableShape shape) {
            if (extra == Extra.KEEP) {
                leave("the log does not know them; --yes marks them as deleted", 1);
            } else if (shape.layout().deletedAt().isPresent()) {
                mark.add(one);
            } else {
                remove.add(one);
            }
        }

        private void changed(Difference one, TableShape shape) {
            long version = one.found().map(TableRow::version).orElse(0L);
            if (shape.entity().isEmpty() && shape.layout().keyColumns().size() == 1) {
                remove.add(one);
                send.add(one);
            } else if (one.logged().filter(row -> row.fate() == Fate.DELETED).isPresent()) {
                mark.add(one);
            } else if (version >= clock.millis() * MICROS_PER_MILLI) {
                leave(
                        "their row_version lies in the future, so nothing can outrank it: set it back by hand, with triggers off",
                        1);
            } else {
                remake.computeIfAbsent(shape.entity().orElse(""), entity -> new LinkedHashSet<>())
                        .add(one.id());
            }
        }

        void sent(Tally tally) {
            count("sent", tally.written() + tally.unchanged());
            leave("Supabase refuses them; './listing-sync dlq list' says why", tally.refused());
        }

        void count(String what, long rows) {
            if (rows > 0) {
                done.merge(what, rows, Long::sum);
            }
        }

        void leave(String why, long rows) {
            if (rows > 0) {
                left.merge(why, rows, Long::sum);
            }
        }
    }

    private Tally send(List<ConsumerRecord<byte[], byte[]>> records, Redelivery sink) {
        return records.isEmpty() ? Tally.NONE : sink.send(records);
    }

    private ConsumerRecord<byte[], byte[]> purge(Difference one) {
        String listing = one.logged().map(LoggedRow::listing).orElse(one.id());
        byte[] key = new RowKey(listing, one.table(), one.id()).bytes();
        int partition = ListingPartitioner.partition(key, access.topics().partitions());
        return new ConsumerRecord<>(access.topics().rows().name(), partition, 0, key, null);
    }

    private void mark(Difference one, TableAccess tables, Work work) {
        TableShape shape = shapes.get(one.table());
        TableRow row = one.found().orElse(null);
        if (shape == null || row == null || shape.layout().keyColumns().size() != 1) {
            work.leave("they have no key of one column", 1);
            return;
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put(shape.layout().keyColumns().get(0), "eq." + one.id());
        ObjectNode columns = Json.MAPPER.createObjectNode();
        shape.layout()
                .deletedAt()
                .ifPresent(column -> columns.put(column, clock.instant().toString()));
        shape.layout().guard().ifPresent(column -> {
            // Only the row that was looked at: one that has been written since is no longer what was found.
            query.put(column, "eq." + row.version());
            columns.put(
                    column,
                    Math.max(row.version(), one.logged().map(LoggedRow::version).orElse(0L)) + 1);
        });
        try {
            tables.update(one.table(), query, columns);
            work.count("marked", 1);
        } catch (AwayException e) {
            // It stays as it is; the next verification finds it again.
            work.leave("Supabase did not take it: " + e.words(), 1);
        }
    }

    private void remake(String entity, List<String> ids, Work work) {
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            String run = RunId.next(clock.instant(), new SecureRandom());
            ReprocessRequest.Terms again = new ReprocessRequest.Terms(null, null, null, 0, true);
            try (RunsTail tail = RunsTail.open(access)) {
                new ReprocessRun(new ReprocessRequest(run, List.of(entity), some, who, again))
                        .send(access, clock.millis());
                long giveUp = System.nanoTime() + PATIENCE.toNanos();
                boolean ended = new RunWatch(tail)
                        .untilEnd(run, () -> System.nanoTime() - giveUp < 0, state -> {})
                        .isPresent();
                if (ended) {
                    work.count("remade", some.size());
                } else {
                    work.leave("the processor has not made them again yet (run " + run + ")", some.size());
                }
            }
        }
    }
}
