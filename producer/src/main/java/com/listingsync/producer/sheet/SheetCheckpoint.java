package com.listingsync.producer.sheet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a spreadsheet has been read, as kept on {@code sync.checkpoints}.
 *
 * @param versions by tab, the Drive version of the file when the tab was last read in full
 * @param run the run that wrote this
 * @param settings fingerprint of what is read and how; with others, no tab counts as read
 * @param highest the highest version that any row was emitted with; versions of another file may begin below it
 * @param fullReadAt when all tabs were last read, in milliseconds since 1970
 * @param reported by tab, fingerprints of the bad rows that are dead letters already
 */
record SheetCheckpoint(
        Map<String, Long> versions,
        String run,
        String settings,
        long highest,
        long fullReadAt,
        Map<String, Set<String>> reported) {

    static final SheetCheckpoint NONE = new SheetCheckpoint(Map.of(), "", "", 0, 0, Map.of());

    /** A spreadsheet with more bad rows than this reports the rest again after a restart: a checkpoint is one small record. */
    private static final int MOST_REPORTED = 10_000;

    // Not compact: of what the bytes lack, nothing is known.
    SheetCheckpoint(
            Map<String, Long> versions,
            String run,
            @Nullable String settings,
            long highest,
            long fullReadAt,
            @Nullable Map<String, Set<String>> reported) {
        this.versions = Map.copyOf(versions);
        this.run = Objects.requireNonNull(run, "run");
        this.settings = Objects.requireNonNullElse(settings, "");
        this.highest = highest;
        this.fullReadAt = fullReadAt;
        this.reported = Map.copyOf(Objects.requireNonNullElse(reported, Map.of()));
    }

    /** This one, unless it is of other settings: then one of which only the highest version counts. */
    SheetCheckpoint under(String present) {
        return settings.equals(present) ? this : new SheetCheckpoint(Map.of(), run, present, highest, 0, reported);
    }

    /** This one after a pass that read these tabs in full. */
    SheetCheckpoint with(Map<String, Long> read) {
        Map<String, Long> all = new TreeMap<>(versions);
        all.putAll(read);
        return new SheetCheckpoint(all, run, settings, highest, fullReadAt, reported);
    }

    SheetCheckpoint by(String writer) {
        return new SheetCheckpoint(versions, writer, settings, highest, fullReadAt, reported);
    }

    SheetCheckpoint emittedUpTo(long version) {
        return new SheetCheckpoint(versions, run, settings, Math.max(highest, version), fullReadAt, reported);
    }

    SheetCheckpoint readInFullAt(long millis) {
        return new SheetCheckpoint(versions, run, settings, highest, millis, reported);
    }

    SheetCheckpoint reporting(String feed, Set<String> bad) {
        Map<String, Set<String>> all = new TreeMap<>(reported);
        all.put(feed, Set.copyOf(bad));
        all.values().removeIf(Set::isEmpty);
        return new SheetCheckpoint(versions, run, settings, highest, fullReadAt, all);
    }

    boolean sameExceptRun(SheetCheckpoint other) {
        return by(other.run).equals(other);
    }

    byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(bounded());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a checkpoint of plain values can't be written as JSON", e);
        }
    }

    /**
     * The checkpoint in these bytes.
     *
     * @throws IllegalStateException when they are not one
     */
    static SheetCheckpoint of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, SheetCheckpoint.class);
        } catch (IOException e) {
            throw new IllegalStateException("the spreadsheet's checkpoint is not one: expected versions", e);
        }
    }

    private SheetCheckpoint bounded() {
        int tabs = Math.max(1, reported.size());
        Map<String, Set<String>> some = new TreeMap<>();
        reported.forEach((feed, all) ->
                some.put(feed, all.stream().sorted().limit(MOST_REPORTED / tabs).collect(Collectors.toSet())));
        return new SheetCheckpoint(versions, run, settings, highest, fullReadAt, some);
    }
}
