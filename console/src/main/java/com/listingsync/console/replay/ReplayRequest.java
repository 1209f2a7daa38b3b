package com.listingsync.console.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.listingsync.common.event.Entity;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.sink.cutover.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be replayed.
 *
 * @param topic {@code rows}, {@code source.*} or one source topic such as {@code source.media}
 * @param entities wire names of kinds of records; empty for all, tables of the sync itself included
 * @param keys listing keys, child keys or property numbers; empty for all
 * @param run only what this run fetched; null for all
 * @param from where to begin
 * @param to where to end; what is there when it is asked for, when it says nothing
 * @param target another Supabase project; null for the one that the sink writes to
 * @param above only listings that a cutover has taken in since it stood at so many percent; 0 for all
 * @param rate most records a second; 0 sets no limit
 * @param requestedBy who asks
 */
public record ReplayRequest(
        String topic,
        List<String> entities,
        List<String> keys,
        @Nullable String run,
        ReplayBound from,
        ReplayBound to,
        @Nullable ReplayTarget target,
        int above,
        int rate,
        String requestedBy) {

    public static final String ROWS = "rows";
    private static final String SOURCES = "source.*";
    private static final String SOURCE = "source.";

    /** @throws SettingsException when it asks for what can't be, with all that is wrong */
    public ReplayRequest {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        entities = List.copyOf(entities);
        keys = List.copyOf(keys);
        List<String> problems = new ArrayList<>();
        boolean source = topic.startsWith(SOURCE);
        if (!topic.equals(ROWS) && !topic.equals(SOURCES) && !isSource(topic)) {
            problems.add("--topic: expected rows, source.* or one of source.property, source.media, source.rooms,"
                    + " source.openhouse, source.sheet; found '" + topic + "'");
        }
        for (String entity : entities) {
            if (Entity.of(entity).isEmpty()) {
                problems.add("--entity: expected property, media, rooms, openhouse or sheet; found '" + entity + "'");
            }
        }
        if (isSource(topic) && !entities.isEmpty() && !entities.equals(List.of(topic.substring(SOURCE.length())))) {
            problems.add(
                    "--entity and --topic " + topic + " contradict each other; --topic source.* takes any --entity");
        }
        if (rate < 0) {
            problems.add("--rate: expected records a second, 1 or more; found " + rate);
        }
        if (above < 0 || above >= Share.BUCKETS) {
            problems.add("--above-percent: expected what the cutover stood at before, 0 to 99; found " + above);
        }
        if (source && above > 0) {
            problems.add("--above-percent goes with --topic rows: the sink's share is of rows");
        }
        if (source && target != null) {
            problems.add(
                    "--target goes with --topic rows: source records become rows in the processor, for its own project");
        }
        if (source && (from.isOffset() || to.isOffset())) {
            problems.add("--from, --to: an offset is a place on one topic, and every source topic has its own;"
                    + " name a time, or replay rows");
        }
        from.contradicts(to).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** Whether rows are sent as they are; otherwise they are made again from source records. */
    public boolean ofRows() {
        return topic.equals(ROWS);
    }

    /** Whether all of the log is wanted. */
    @JsonIgnore
    public boolean isWhole() {
        return entities.isEmpty()
                && keys.isEmpty()
                && run == null
                && above == 0
                && from.text().isEmpty()
                && to.text().isEmpty();
    }

    /** The entities wanted of the source topics; empty for all. */
    List<String> sources() {
        return isSource(topic) ? List.of(topic.substring(SOURCE.length())) : entities;
    }

    /** The options that ask for the same, for people and for the audit trail; holds no secret. */
    public String words() {
        List<String> words = new ArrayList<>(List.of("--topic", topic));
        option("--entity", String.join(",", entities), words);
        option("--keys", String.join(",", keys), words);
        option("--run", run == null ? "" : run, words);
        option("--from", from.text(), words);
        option("--to", to.text(), words);
        option("--target", target == null ? "" : target.url(), words);
        option("--above-percent", above == 0 ? "" : Integer.toString(above), words);
        option("--rate", rate == 0 ? "" : Integer.toString(rate), words);
        return String.join(" ", words);
    }

    private static void option(String name, String value, List<String> words) {
        if (!value.isEmpty()) {
            words.add(name);
            words.add(value);
        }
    }

    private static boolean isSource(String topic) {
        return topic.startsWith(SOURCE)
                && Entity.of(topic.substring(SOURCE.length())).isPresent();
    }
}
