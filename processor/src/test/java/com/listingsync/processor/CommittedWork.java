package com.listingsync.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.processor.topology.SimpleModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** All that the processor has committed on a broker, held against what was sent: the guarantees, as one object. */
final class CommittedWork {

    private final Map<String, JsonNode> tables = new TreeMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final List<String> repeated = new ArrayList<>();
    private final Map<String, List<String>> changes = new TreeMap<>();
    private final Tally tally;
    private final int deadLetters;

    private long principals;

    private CommittedWork(TestBroker broker) {
        for (ConsumerRecord<byte[], byte[]> record :
                broker.committed(broker.topics().rows())) {
            RowEvent event = RecordHeaders.readRow(record.headers());
            if (!event.table().startsWith("sync_")) {
                row(RowKey.of(record.key()), event, json(record.value()));
            }
        }
        for (ConsumerRecord<byte[], byte[]> record :
                broker.committed(broker.topics().statusChanges())) {
            JsonNode change = json(record.value());
            changes.computeIfAbsent(change.path("listing").asText(), listing -> new ArrayList<>())
                    .add(change.path("from").asText() + " " + change.path("to").asText());
        }
        this.tally = broker.committed(broker.topics().outcomes()).stream()
                .map(record -> Outcome.of(record.value()))
                .filter(Outcome.Counted.class::isInstance)
                .map(outcome -> ((Outcome.Counted) outcome).tally())
                .reduce(Tally.NONE, Tally::plus);
        this.deadLetters =
                broker.committed(broker.topics().deadLetters(Stage.PROCESSOR)).size();
    }

    static CommittedWork on(TestBroker broker) {
        return new CommittedWork(broker);
    }

    /** How many fetched records are accounted for, each in one way. */
    long accounted() {
        return principals + tally.skipped() + tally.parked() + tally.refused();
    }

    /** Asserts that nothing was lost and nothing happened twice. */
    void isExactly(Workload workload) {
        assertThat(accounted()).as("records accounted for").isEqualTo(workload.size());
        assertThat(deadLetters).as("dead letters").isZero();
        assertThat(repeated).as("rows whose version did not grow").isEmpty();
        assertThat(SimpleModel.visible(tables)).isEqualTo(workload.model().tables());
        assertThat(changes).as("status changes by listing").isEqualTo(byListing(workload.model()));
    }

    private void row(RowKey key, RowEvent event, JsonNode row) {
        principals += event.origin().isPresent() ? 1 : 0;
        Long before = versions.put(key.toString(), event.rowVersion());
        if (before != null && before >= event.rowVersion()) {
            repeated.add(key + " " + before + " then " + event.rowVersion());
        }
        if (event.operation() == Operation.DELETE) {
            tables.remove(key.toString());
        } else {
            tables.put(key.toString(), row);
        }
    }

    private static Map<String, List<String>> byListing(SimpleModel model) {
        return model.changes().stream()
                .collect(Collectors.groupingBy(
                        change -> change.substring(0, change.indexOf(' ')),
                        TreeMap::new,
                        Collectors.mapping(change -> change.substring(change.indexOf(' ') + 1), Collectors.toList())));
    }

    private static JsonNode json(byte[] value) {
        try {
            return Json.MAPPER.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException("the processor writes JSON", e);
        }
    }
}
