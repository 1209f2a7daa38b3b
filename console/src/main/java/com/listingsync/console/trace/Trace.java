package com.listingsync.console.trace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.shell.Paint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The story of one key.
 *
 * @param key as it was asked for
 * @param listing the listing it belongs to
 * @param events what happened, in the order of time
 * @param verdict why it is as it is
 */
public record Trace(String key, String listing, List<TraceEvent> events, TraceVerdict verdict) {

    public Trace {
        events = List.copyOf(events);
    }

    /** {@code key, listing, events[], state, words}. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("key", key).put("listing", listing);
        var all = json.putArray("events");
        events.forEach(event -> all.add(event.json()));
        return json.put("state", verdict.state()).put("words", verdict.words());
    }

    /** A line for each event, and the verdict. */
    public List<String> lines(Paint paint) {
        List<String> lines = new ArrayList<>();
        if (!key.equals(listing)) {
            lines.add(paint.faint(key + " belongs to listing " + listing));
        }
        int widest =
                events.stream().mapToInt(event -> event.stage().length()).max().orElse(0);
        for (TraceEvent event : events) {
            String text = event.subject() + ": " + event.text();
            lines.add(paint.faint(Instant.ofEpochMilli(event.at()).toString()) + "  "
                    + event.stage() + " ".repeat(widest - event.stage().length()) + "  "
                    + (event.kind().equals("refused") ? paint.bad(text) : text));
        }
        lines.add(verdict.good() ? paint.good(verdict.words()) : paint.warning(verdict.words()));
        return lines;
    }
}
