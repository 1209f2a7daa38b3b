package com.listingsync.console.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.shell.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a replay would send.
 *
 * @param definition the replay, which was not begun
 * @param read records that it would read
 * @param counts records that it would send, by table; by entity for source topics
 * @param samples a few of their keys
 */
public record DryReplayReport(
        ReplayDefinition definition, long read, Map<String, Long> counts, Map<String, List<String>> samples) {

    public DryReplayReport {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
        samples = Collections.unmodifiableMap(new TreeMap<>(samples));
    }

    /** Records that it would send in all. */
    public long sent() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** For people. */
    public List<String> lines() {
        boolean rows = definition.request().ofRows();
        TextTable table = new TextTable(rows ? "table" : "entity", rows ? "rows" : "records", "such as");
        counts.forEach((name, count) -> table.row(List.of(
                name,
                String.format(Locale.ROOT, "%,d", count),
                String.join(" ", samples.getOrDefault(name, List.of())))));
        List<String> lines = new ArrayList<>();
        if (!counts.isEmpty()) {
            lines.addAll(table.lines());
        }
        lines.addAll(ReplayText.leftOut(definition));
        lines.add(String.format(
                Locale.ROOT,
                rows
                        ? "nothing was sent; %,d of %,d rows would be"
                        : "nothing was asked for; %,d of %,d records would be, and the last word of each would make new rows",
                sent(),
                read));
        return lines;
    }

    /** For scripts. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("dryRun", true)
                .put("read", read)
                .put("sent", sent());
        json.set("tables", Json.MAPPER.valueToTree(counts));
        json.set("samples", Json.MAPPER.valueToTree(samples));
        json.set("leftOut", Json.MAPPER.valueToTree(definition.leftOut()));
        return json;
    }
}
