package com.listingsync.console.trace;

import com.listingsync.common.event.Entity;
import com.listingsync.common.run.RunState;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.signal.Signals;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.KeyText;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.console.kafka.Answers;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import com.listingsync.console.run.ProducerGroup;
import com.listingsync.console.signal.SignalBoard;
import com.listingsync.console.trace.LogRecord.Source;
import com.listingsync.sink.cutover.CutoverSettings;
import com.listingsync.sink.cutover.Share;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Finds a key's story. Thread-safe; every call has clients of its own. */
public final class TraceReader {

    private final KafkaAccess access;
    private final Map<String, String> environment;
    private final ScanProgress progress;

    /**
     * @param environment how to reach Kafka; with {@code SUPABASE_URL} and its key, Supabase is asked too
     * @param progress told how many of how many offsets have been read
     */
    public TraceReader(Map<String, String> environment, ScanProgress progress) {
        this.access = KafkaAccess.of(environment);
        this.environment = Map.copyOf(environment);
        this.progress = progress;
    }

    /**
     * The story of a key.
     *
     * @throws KafkaException when Kafka can't be read
     */
    public Trace of(TraceRequest request) {
        PartitionScan scan = new PartitionScan(access, progress);
        // What does not depend on the records is read while they are.
        try (Beside<List<LogRecord>> ofKey = Beside.start("trace-scan", () -> records(scan, request.key(), request));
                Beside<Signals> signals = Beside.start("trace-signals", () -> new SignalBoard(access).read());
                Beside<Map<String, String>> problems = Beside.start("trace-runs", this::feedProblems);
                Look look = Look.of(environment)) {
            String listing = request.key();
            List<LogRecord> records = ofKey.get();
            if (records.isEmpty()) {
                String parent = look.listingOf(request.key())
                        .or(() -> listingInLog(scan, request))
                        .orElse(listing);
                if (!parent.equals(listing)) {
                    listing = parent;
                    records = records(scan, listing, request);
                }
            }
            return Story.of(evidence(request.key(), listing, records, look, signals, problems));
        }
    }

    private List<LogRecord> records(PartitionScan scan, String listing, TraceRequest request) {
        return scan.of(listing, partitionsOf(listing), request.since());
    }

    /** A child that Supabase does not hold may be anywhere: every partition of its topics is read, by two threads. */
    private Optional<String> listingInLog(PartitionScan scan, TraceRequest request) {
        List<TopicPartition> here = new ArrayList<>();
        List<TopicPartition> there = new ArrayList<>();
        // In turns, because the topics differ in size and their partitions don't.
        everyPartition().forEach(partition -> (partition.partition() % 2 == 0 ? here : there).add(partition));
        PartitionScan other = new PartitionScan(access, (done, total) -> {});
        try (Beside<Optional<String>> beside = Beside.start(
                "trace-scan-children", () -> other.listingOfChild(request.key(), there, request.since()))) {
            return scan.listingOfChild(request.key(), here, request.since()).or(beside::get);
        }
    }

    private Evidence evidence(
            String key,
            String listing,
            List<LogRecord> records,
            Look look,
            Beside<Signals> signals,
            Beside<Map<String, String>> problems) {
        Set<String> rows = new TreeSet<>();
        records.stream()
                .filter(record -> record.source() == Source.ROWS)
                .map(record -> RowKey.of(record.key().getBytes(StandardCharsets.UTF_8)))
                .filter(row -> row.id().equals(key))
                .forEach(row -> rows.add(row.table() + "/" + row.id()));
        if (rows.isEmpty()) {
            look.tablesOfKeys().forEach(table -> rows.add(table + "/" + key));
        }
        Map<String, Held> held = new TreeMap<>();
        rows.forEach(row -> look.row(row).ifPresent(found -> held.put(row, found)));
        Set<String> connections = new TreeSet<>();
        records.forEach(record -> record.header(RecordHeaders.CONNECTION).ifPresent(connections::add));
        return new Evidence(
                key,
                listing,
                records,
                positions(),
                held,
                look.problem(),
                signals.get(),
                unread(connections),
                leftAside(listing),
                problems.get());
    }

    private Optional<String> leftAside(String listing) {
        CutoverSettings cutover = EnvRecords.read(CutoverSettings.class, environment);
        if (!cutover.mode().writes()) {
            return Optional.of("the sink is in the shadow and writes nothing (SYNC_MODE)");
        }
        return cutover.share().takes(listing)
                ? Optional.empty()
                : Optional.of("its listing is left to an older sync (SYNC_CUTOVER_PERCENT is " + cutover.percent()
                        + ", its bucket " + Share.bucket(listing) + ")");
    }

    private Map<TopicPartition, Source> partitionsOf(String listing) {
        Topics topics = access.topics();
        int partition = ListingPartitioner.partition(
                KeyText.join(listing).getBytes(StandardCharsets.UTF_8), topics.partitions());
        Map<TopicPartition, Source> partitions = new LinkedHashMap<>();
        for (Entity entity : Entity.values()) {
            partitions.put(new TopicPartition(topics.source(entity).name(), partition), Source.RECORDS);
        }
        partitions.put(new TopicPartition(topics.rows().name(), partition), Source.ROWS);
        partitions.put(new TopicPartition(topics.statusChanges().name(), partition), Source.STATUS);
        for (Stage stage : Stage.values()) {
            partitions.put(new TopicPartition(topics.deadLetters(stage).name(), partition), Source.LETTERS);
        }
        return partitions;
    }

    /** Where children and sheet rows are, whatever their listing. */
    private List<TopicPartition> everyPartition() {
        List<TopicPartition> all = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            if (entity != Entity.PROPERTY) {
                String topic = access.topics().source(entity).name();
                for (int partition = 0; partition < access.topics().partitions(); partition++) {
                    all.add(new TopicPartition(topic, partition));
                }
            }
        }
        return all;
    }

    private Positions positions() {
        String prefix = access.topics().prefix();
        try (Admin admin = access.admin()) {
            Map<TopicPartition, Long> processor = committed(admin, prefix + ".processor");
            Map<TopicPartition, Long> sink = committed(admin, prefix + "-sink");
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            processor.keySet().forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
            sink.keySet().forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            Answers.get(admin.listOffsets(wanted).all())
                    .forEach((partition, info) -> ends.put(partition, info.offset()));
            return new Positions(processor, sink, ends);
        }
    }

    private static Map<TopicPartition, Long> committed(Admin admin, String group) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        try {
            Answers.get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            committed.put(partition, offset.offset());
                        }
                    });
        } catch (GroupIdNotFoundException e) {
            // It never ran here: it has read nothing.
            return Map.of();
        }
        return committed;
    }

    private List<String> unread(Set<String> connections) {
        if (connections.isEmpty()) {
            return List.of();
        }
        try (ProducerGroup producers = new ProducerGroup(access)) {
            return producers.unownedNow(connections);
        }
    }

    /** Of the newest run that read a feed: why that failed, if it did. */
    private Map<String, String> feedProblems() {
        Map<String, String> problems = new HashMap<>();
        Set<String> seen = new HashSet<>();
        LatestRecords.of(access, access.topics().runs()).values().stream()
                .map(RunState::of)
                .sorted(Comparator.comparingLong(RunState::startedAt)
                        .thenComparing(RunState::run)
                        .reversed())
                .forEach(run -> run.feeds().forEach((name, feed) -> {
                    Long finished = feed.finishedAt();
                    if (finished != null && seen.add(name) && feed.problem() != null) {
                        problems.put(
                                name,
                                "its last reading, at "
                                        + Instant.ofEpochMilli(finished).truncatedTo(ChronoUnit.SECONDS) + ", failed: "
                                        + feed.problem());
                    }
                }));
        return problems;
    }
}
