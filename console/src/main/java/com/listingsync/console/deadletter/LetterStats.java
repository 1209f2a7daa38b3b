package com.listingsync.console.deadletter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Dead letters counted by stage and cause. Confined to one thread while it is filled. */
public final class LetterStats {

    /** What there is of one cause; {@code last} is exact, both are the times of the refusals. */
    public record Line(String stage, String code, Map<LetterState, Long> counts, Instant first, Instant last) {

        /** All of them, however they stand. */
        public long total() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Those in this state. */
        public long count(LetterState state) {
            return counts.getOrDefault(state, 0L);
        }

        /** Those that wait for a person. */
        public long waiting() {
            return count(LetterState.OPEN) + count(LetterState.PARKED);
        }
    }

    private record Cause(String stage, String code) {}

    private static final class Sum {
        private final long[] counts = new long[LetterState.values().length];
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
    }

    private final Map<Cause, Sum> sums = new HashMap<>();

    void add(Letter letter, LetterState state) {
        Sum sum = sums.computeIfAbsent(new Cause(letter.stage(), letter.code()), cause -> new Sum());
        long at = letter.at().toEpochMilli();
        sum.counts[state.ordinal()]++;
        sum.first = Math.min(sum.first, at);
        sum.last = Math.max(sum.last, at);
    }

    /** A line per stage and cause, those that most letters wait for first. */
    public List<Line> lines() {
        return sums.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Line::waiting)
                        .thenComparingLong(Line::total)
                        .reversed()
                        .thenComparing(Line::stage)
                        .thenComparing(Line::code))
                .toList();
    }

    /** The document of {@code dlq stats --json} and of the API. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ObjectNode totals = json.putObject("states");
        List<Line> lines = lines();
        for (LetterState state : LetterState.values()) {
            totals.put(
                    state.wireName(),
                    lines.stream().mapToLong(line -> line.count(state)).sum());
        }
        ArrayNode causes = json.putArray("causes");
        for (Line line : lines) {
            ObjectNode cause = causes.addObject()
                    .put("stage", line.stage())
                    .put("code", line.code())
                    .put("total", line.total())
                    .put("waiting", line.waiting());
            ObjectNode states = cause.putObject("states");
            line.counts().forEach((state, count) -> states.put(state.wireName(), count));
            cause.put("first", line.first().toString()).put("last", line.last().toString());
            cause.put("meaning", Causes.of(line.stage(), line.code()).meaning());
        }
        return json;
    }

    private static Line line(Cause cause, Sum sum) {
        Map<LetterState, Long> counts = new EnumMap<>(LetterState.class);
        for (LetterState state : LetterState.values()) {
            if (sum.counts[state.ordinal()] > 0) {
                counts.put(state, sum.counts[state.ordinal()]);
            }
        }
        return new Line(
                cause.stage(), cause.code(), counts, Instant.ofEpochMilli(sum.first), Instant.ofEpochMilli(sum.last));
    }
}
