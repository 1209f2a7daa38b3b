package com.listingsync.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
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

/**
 * All that the processor has committed on a broker, held against what was sent: the guarantees, as one object. Each record is read
 * once, however often it is asked. Confined to one thread at a time.
 */
final class CommittedWork {

    private final TestBroker broker;
    private final Map<TopicSpec, Integer> read = new HashMap<>();
    private final Map<String, JsonNode> tables = new TreeMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final List<String> repeated = new ArrayList<>();
    private final Map<String, List<String>> changes = new TreeMap<>();

    private Tally tally = Tally.NONE;
    private long principals;

    CommittedWork(TestBroker broker) {
        this.broker = broker;
    }

    /** How many fetched records are accounted for by now, each in one way. */
    long accounted() {
        readOn();
        return principals + tally.skipped() + tally.parked() + tally.refused();
    }

    /** Asserts that nothing was lost and nothing happened twice. */
    void isExactly(Workload workload) {
        assertThat(accounted()).as("records accounted for").isEqualTo(workload.size());
        assertThat(broker.committed(broker.topics().deadLetters(Stage.PROCESSOR)))
                .as("dead letters")
                .isEmpty();
        assertThat(repeated).as("rows whose version did not grow").isEmpty();
        assertThat(SimpleModel.visible(tables)).isEqualTo(workload.model().tables());
        assertThat(changes).as("status changes by listing").isEqualTo(byListing(workload.model()));
    }

    private void readOn() {
        for (ConsumerRecord<byte[], byte[]> record : newOn(broker.topics().rows())) {
            RowEvent event = RecordHeaders.readRow(record.headers());
            if (!event.table().startsWith("sync_")) {
                row(RowKey.of(record.key()), event, json(record.value()));
            }
        }
        for (ConsumerRecord<byte[], byte[]> record : newOn(broker.topics().statusChanges())) {
            JsonNode change = json(record.value());
            changes.computeIfAbsent(change.path("listing").asText(), listing -> new ArrayList<>())
                    .add(change.path("from").asText() + " " + change.path("to").asText());
        }
        for (ConsumerRecord<byte[], byte[]> record : newOn(broker.topics().outcomes())) {
            if (Outcome.of(record.value()) instanceof Outcome.Counted counted) {
                tally = tally.plus(counted.tally());
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> newOn(TopicSpec topic) {
        List<ConsumerRecord<byte[], byte[]>> all = broker.committed(topic);
        Integer known = read.put(topic, all.size());
        return all.subList(known == null ? 0 : known, all.size());
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
