package com.listingsync.console.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.shell.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The audit trail for people, and for scripts. Pure. */
public final class AuditText {

    private AuditText() {}

    /** A table, an action a line. */
    public static List<String> lines(List<AuditEntry> entries) {
        TextTable table = new TextTable("when", "who", "action", "on", "result", "why");
        for (AuditEntry entry : entries) {
            table.row(List.of(
                    Instant.ofEpochMilli(entry.at())
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString(),
                    entry.who(),
                    entry.action(),
                    entry.selection().isEmpty() ? "everything" : entry.selection(),
                    result(entry),
                    entry.why() == null ? "" : entry.why()));
        }
        return table.lines();
    }

    /** A JSON array of {@link AuditEntry#json}. */
    public static ArrayNode json(List<AuditEntry> entries) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        entries.forEach(entry -> array.add(entry.json()));
        return array;
    }

    private static String result(AuditEntry entry) {
        if (entry.phase() == AuditEntry.Phase.BEGUN) {
            return "begun, not ended";
        }
        String counts = entry.counts().entrySet().stream().map(AuditText::count).collect(Collectors.joining(", "));
        if (entry.problem() != null) {
            return "failed: " + entry.problem() + (counts.isEmpty() ? "" : " (" + counts + ")");
        }
        return counts.isEmpty() ? "done" : counts;
    }

    private static String count(Map.Entry<String, Long> count) {
        return count.getValue() + " " + count.getKey();
    }
}
