package com.listingsync.console.command;

import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.console.deadletter.LetterFilter;
import com.listingsync.console.deadletter.LetterState;
import com.listingsync.console.deadletter.ReplaySettings;
import com.listingsync.console.moment.Moment;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that select dead letters; alike in every command about them. */
final class LetterOptions {

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description =
                    "These letters alone: topic/partition/offset as 'dlq list' shows them; producer, processor or sink may stand"
                            + " for the topic, as in sink/3/41.")
    private List<String> ids = List.of();

    @Option(
            names = "--topic",
            split = ",",
            paramLabel = "TOPIC",
            description = "Read these topics instead: dead letters of Kafka Connect, Kafka Streams or Spring Kafka.")
    private List<String> topics = List.of();

    @Option(names = "--stage", split = ",", paramLabel = "STAGE", description = "producer, processor, sink.")
    private List<String> stages = List.of();

    @Option(
            names = "--code",
            split = ",",
            paramLabel = "CODE",
            description = "Causes, such as 22P02, bad-value, orphan.")
    private List<String> codes = List.of();

    @Option(
            names = "--entity",
            split = ",",
            paramLabel = "ENTITY",
            description = "property, media, rooms, openhouse, sheet, or a table.")
    private List<String> entities = List.of();

    @Option(
            names = {"--keys", "--key"},
            split = ",",
            paramLabel = "KEY",
            description = "Listing keys, child keys, property numbers.")
    private List<String> keys = List.of();

    @Option(names = "--connection", split = ",", paramLabel = "NAME", description = "Connections, or NAME/FEED.")
    private List<String> connections = List.of();

    @Option(names = "--run", split = ",", paramLabel = "RUN", description = "Runs that fetched the record.")
    private List<String> runs = List.of();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Refused then or later: 2026-11-22T10:00:00Z, 2026-11-22 (UTC), or 2h, 30m, 7d ago.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Refused before then.")
    private @Nullable String to;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "With this header; may be repeated.")
    private Map<String, String> headers = Map.of();

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "open, parked, replayed, resolved, superseded, discarded, or all.")
    private List<String> states = List.of();

    /**
     * What is selected.
     *
     * @throws WrongUsage when a value is none
     */
    LetterFilter filter(Topics catalogue, Clock clock) {
        return new LetterFilter(
                ids.stream().map(id -> id(id, catalogue)).collect(Collectors.toSet()),
                topics,
                named("--stage", stages, Stage::of, Stage.values(), Stage::wireName),
                new HashSet<>(codes),
                new HashSet<>(entities),
                new HashSet<>(keys),
                new HashSet<>(connections),
                new HashSet<>(runs),
                Optional.ofNullable(from).map(text -> moment("--from", text, clock)),
                Optional.ofNullable(to).map(text -> moment("--to", text, clock)),
                headers,
                states.contains("all")
                        ? EnumSet.allOf(LetterState.class)
                        : named("--state", states, LetterState::of, LetterState.values(), LetterState::wireName));
    }

    /** Whether no state was named, so that a command may choose its own. */
    boolean anyState() {
        return states.isEmpty() && ids.isEmpty();
    }

    /** Whether nothing at all was named: what is done then is done to everything. */
    boolean isEverything() {
        return ids.isEmpty()
                && codes.isEmpty()
                && stages.isEmpty()
                && entities.isEmpty()
                && keys.isEmpty()
                && connections.isEmpty()
                && runs.isEmpty()
                && headers.isEmpty()
                && from == null
                && to == null;
    }

    /** The only letter named. */
    LetterId one(Topics catalogue) {
        if (ids.size() != 1) {
            throw new WrongUsage("expected the id of one letter, as 'dlq list' shows it; found " + ids.size());
        }
        return id(ids.get(0), catalogue);
    }

    /** After how many replays a letter is parked. */
    static int replayLimit(Map<String, String> environment) {
        return EnvRecords.read(ReplaySettings.class, environment).replayLimit();
    }

    /** The id in this text; a stage may stand for its topic. */
    static LetterId id(String text, Topics catalogue) {
        int slash = text.indexOf('/');
        Optional<Stage> stage = slash < 0 ? Optional.empty() : Stage.of(text.substring(0, slash));
        String full = stage.map(named -> catalogue.deadLetters(named).name() + text.substring(slash))
                .orElse(text);
        try {
            return LetterId.of(full);
        } catch (IllegalArgumentException e) {
            // Nothing has been read yet: the person corrects the id.
            throw new WrongUsage("'" + text + "': " + e.getMessage());
        }
    }

    private static <T> Set<T> named(
            String option, List<String> texts, Function<String, Optional<T>> of, T[] all, Function<T, String> name) {
        Set<T> found = new HashSet<>();
        for (String text : texts) {
            found.add(of.apply(text)
                    .orElseThrow(() -> new WrongUsage(option + ": expected "
                            + Arrays.stream(all).map(name).collect(Collectors.joining(", ")) + "; found '" + text
                            + "'")));
        }
        return found;
    }

    private static Instant moment(String option, String text, Clock clock) {
        try {
            return Moment.of(text, clock.instant());
        } catch (DateTimeException e) {
            // Nothing has been read yet: the person corrects the time.
            throw new WrongUsage(option + ": " + e.getMessage());
        }
    }
}
