package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceEventReader;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.processor.map.MapOutcome;
import com.listingsync.processor.map.RecordFields;
import com.listingsync.processor.map.RecordMapper;
import com.listingsync.processor.map.RowContext;
import com.listingsync.processor.map.UnreadableRecordException;
import com.listingsync.processor.rule.Fingerprint;
import com.listingsync.processor.rule.Novelty;
import com.listingsync.processor.rule.RecordState;
import com.listingsync.processor.rule.RowVersion;
import com.listingsync.processor.rule.Sighting;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The steps of a record's way, one by one: the first five are all that a duplicate costs us, the rest is for what is new. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HotPathBenchmark {

    private static final String PHOTO = "{\"MediaKey\":\"M1\",\"ResourceName\":\"Property\",\"ResourceRecordKey\":\"L1\","
            + "\"MediaURL\":\"https://photos.example/1.jpg\",\"Order\":7,\"ImageSizeDescription\":\"Largest\","
            + "\"MediaModificationTimestamp\":\"2026-11-20T10:00:00Z\",\"Caption\":\"" + "x".repeat(500) + "\"}";

    private final byte[] payload = PHOTO.getBytes(StandardCharsets.UTF_8);
    private final byte[] sourceKey = SourceKey.ofChild("L1", "M1", "mls").bytes();
    private final byte[] recordKey = StateKeys.record(Entity.MEDIA, sourceKey);
    private final Headers headers = headers();
    private final SourceEventReader reader = new SourceEventReader();
    private final Sighting sighting = new Sighting(1, 2, 3, false);
    private final RecordState state = RecordState.UNSEEN.seen("mls", sighting).suppliedBy("mls").written(17);
    private final byte[] stored = StateBytes.of(state);
    private final Recent<RecordState> recent = new Recent<>(13);
    private final RecordMapper mapper = new RecordMapper(Mapping.standard(), Entity.MEDIA, (table, column) -> {});
    private final RowContext context = new RowContext("L1", null, null, "", false, false, 17, "run", "mls");

    public HotPathBenchmark() {
        recent.put(recordKey, state);
    }

    @Benchmark
    public SourceEvent headers_read() {
        return reader.read(headers);
    }

    @Benchmark
    public byte[] key_of_state() {
        SourceKey.require(sourceKey);
        return StateKeys.record(Entity.MEDIA, sourceKey);
    }

    @Benchmark
    public RecordState state_recent() {
        return recent.get(recordKey);
    }

    @Benchmark
    public long content_fingerprint() {
        return Fingerprint.of("0123456789abcdef");
    }

    @Benchmark
    public Novelty novelty() {
        return Novelty.of(state.sighting("mls"), sighting);
    }

    @Benchmark
    public byte[] state_encoded() {
        return StateBytes.of(state);
    }

    @Benchmark
    public RecordState state_decoded() {
        return StateBytes.record(stored);
    }

    @Benchmark
    public long row_version() {
        return RowVersion.next(state.rowVersion(), 1_764_000_000_000L, Operation.UPSERT);
    }

    @Benchmark
    public RecordFields payload_read() throws UnreadableRecordException {
        return mapper.read(payload);
    }

    @Benchmark
    public MapOutcome row_of_payload() throws UnreadableRecordException {
        return mapper.rows(context, mapper.read(payload), null);
    }

    private static Headers headers() {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        Origin origin = new Origin("mls", "media", View.IDX, Optional.of("20261122-080000-abcd"));
        RecordHeaders.write(
                new SourceEvent(Entity.MEDIA, Operation.UPSERT, origin, 1_764_000_000_000_000L, "0123456789abcdef"),
                headers);
        return headers;
    }
}
