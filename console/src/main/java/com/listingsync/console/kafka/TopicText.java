package com.listingsync.console.kafka;

import com.listingsync.console.shell.Amount;
import com.listingsync.console.shell.Paint;
import com.listingsync.console.shell.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/** Topics as text for people. Stateless. */
public final class TopicText {

    private static final String UNKNOWN = "-";

    private TopicText() {}

    /** A table with a line for each topic, then what contradicts the catalogue. */
    public static List<String> list(List<TopicState> topics, Paint paint) {
        TextTable table = new TextTable("topic", "partitions", "records", "size", "kept", "lag");
        for (TopicState topic : topics) {
            table.row(List.of(
                    topic.contradictions().isEmpty()
                            ? topic.spec().name()
                            : paint.bad(topic.spec().name()),
                    Integer.toString(topic.partitions().size()),
                    Amount.of(topic.offsets()),
                    topic.bytes() < 0 ? UNKNOWN : Amount.ofBytes(topic.bytes()),
                    kept(topic.config()),
                    lag(topic.lag())));
        }
        List<String> lines = new ArrayList<>(table.lines(paint));
        topics.forEach(topic -> topic.contradictions().forEach(problem -> lines.add(paint.bad(problem))));
        return lines;
    }

    /** All there is to say about one topic. */
    public static List<String> describe(TopicState topic, Paint paint) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.strong(topic.spec().name()));
        lines.add("  key      " + topic.spec().key());
        lines.add("  value    " + topic.spec().value());
        lines.add("  kept so  " + topic.spec().why());
        topic.config().forEach((name, value) -> lines.add("  " + name + "=" + value + comment(name, value)));
        TextTable table = new TextTable("partition", "start", "end", "size", "leader", "replicas", "in sync");
        topic.partitions()
                .forEach(one -> table.row(List.of(
                        Integer.toString(one.number()),
                        Amount.of(one.start()),
                        Amount.of(one.end()),
                        one.bytes() < 0 ? UNKNOWN : Amount.ofBytes(one.bytes()),
                        one.leader() < 0 ? paint.bad("none") : Integer.toString(one.leader()),
                        Integer.toString(one.replicas()),
                        Integer.toString(one.inSync()))));
        lines.addAll(table.lines(paint));
        topic.lag().forEach((group, behind) -> lines.add("group " + group + " is " + Amount.of(behind) + " behind"));
        topic.contradictions().forEach(problem -> lines.add(paint.bad(problem)));
        return lines;
    }

    /** How long records stay, in words. */
    static String kept(Map<String, String> config) {
        String policy = config.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, UNKNOWN);
        if (policy.equals(TopicConfig.CLEANUP_POLICY_DELETE)) {
            return time(config.getOrDefault(TopicConfig.RETENTION_MS_CONFIG, "-1"));
        }
        String whole = config.get(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG);
        return whole == null ? "latest of a key" : "all for " + time(whole) + ", then the latest of a key";
    }

    private static String time(String millis) {
        long number = Long.parseLong(millis);
        return number < 0 ? "for ever" : Amount.ofTime(number);
    }

    private static String comment(String name, String value) {
        return name.endsWith(".ms") ? " (" + time(value) + ")" : "";
    }

    private static String lag(Map<String, Long> lag) {
        return lag.isEmpty()
                ? UNKNOWN
                : lag.entrySet().stream()
                        .map(group -> group.getKey() + " " + Amount.of(group.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
