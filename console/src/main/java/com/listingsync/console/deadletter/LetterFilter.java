package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.RecordHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which dead letters are meant. Immutable and pure. What is named narrows; several values of one kind widen it again; nothing
 * named at all is every letter of the three stages.
 *
 * @param ids these letters alone
 * @param topics topics to read instead of those of the stages
 * @param stages services that refused
 * @param codes causes
 * @param entities kinds of source records, or tables
 * @param keys listing keys, child keys, ids of rows, or whole record keys
 * @param connections connections, or {@code connection/feed}
 * @param runs runs that fetched the record
 * @param from refused at this time or later
 * @param to refused before this time
 * @param headers headers that the letter has, with just these values
 * @param states how the letter stands
 */
public record LetterFilter(
        Set<LetterId> ids,
        List<String> topics,
        Set<Stage> stages,
        Set<String> codes,
        Set<String> entities,
        Set<String> keys,
        Set<String> connections,
        Set<String> runs,
        Optional<Instant> from,
        Optional<Instant> to,
        Map<String, String> headers,
        Set<LetterState> states) {

    /** Every letter of the three stages. */
    public static final LetterFilter ALL = new LetterFilter(
            Set.of(),
            List.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            EnumSet.allOf(LetterState.class));

    public LetterFilter {
        ids = Set.copyOf(ids);
        topics = List.copyOf(topics);
        stages = Set.copyOf(stages);
        codes = Set.copyOf(codes);
        entities = Set.copyOf(entities);
        keys = Set.copyOf(keys);
        connections = Set.copyOf(connections);
        runs = Set.copyOf(runs);
        headers = Map.copyOf(headers);
        states = states.isEmpty() ? EnumSet.allOf(LetterState.class) : EnumSet.copyOf(states);
    }

    /** The same of letters in these states. */
    public LetterFilter inStates(Set<LetterState> wanted) {
        return new LetterFilter(
                ids, topics, stages, codes, entities, keys, connections, runs, from, to, headers, wanted);
    }

    /** Just these letters, however they stand. */
    public static LetterFilter of(Collection<LetterId> ids) {
        return new LetterFilter(
                new LinkedHashSet<>(ids),
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                EnumSet.allOf(LetterState.class));
    }

    /** The topics that hold such letters. */
    List<String> topicsIn(Topics catalogue) {
        if (!topics.isEmpty()) {
            return topics;
        }
        if (!ids.isEmpty()) {
            return ids.stream().map(LetterId::topic).distinct().sorted().toList();
        }
        List<String> names = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (stages.isEmpty() || stages.contains(stage)) {
                names.add(catalogue.deadLetters(stage).name());
            }
        }
        return names;
    }

    /** Whether this letter is meant, however it stands. */
    boolean matches(Letter letter) {
        return (ids.isEmpty() || ids.contains(letter.id()))
                && (stages.isEmpty()
                        || letter.service().filter(stages::contains).isPresent())
                && (codes.isEmpty() || codes.contains(letter.code()))
                && (keys.isEmpty() || keys.stream().anyMatch(letter::isOf))
                && (runs.isEmpty() || letter.run().filter(runs::contains).isPresent())
                && (entities.isEmpty() || ofEntity(letter))
                && (connections.isEmpty() || ofConnection(letter))
                && from.filter(letter.at()::isBefore).isEmpty()
                && to.filter(before -> !letter.at().isBefore(before)).isEmpty()
                && headers.entrySet().stream()
                        .allMatch(header -> RecordHeaders.text(letter.record().headers(), header.getKey())
                                .filter(header.getValue()::equals)
                                .isPresent());
    }

    private boolean ofEntity(Letter letter) {
        return letter.entity().filter(entities::contains).isPresent()
                || letter.table()
                        .filter(table -> entities.contains(table)
                                || entities.stream()
                                        .anyMatch(entity -> Tables.of(entity).contains(table)))
                        .isPresent();
    }

    private boolean ofConnection(Letter letter) {
        return letter.connection()
                .filter(connection -> connections.contains(connection)
                        || connections.contains(connection + "/" + letter.feed().orElse("")))
                .isPresent();
    }

    /** The selection in the words of the command line, for people and for the audit trail; empty for everything. */
    public String words() {
        Map<String, Collection<String>> options = new TreeMap<>();
        options.put("--topic", topics);
        options.put("--stage", stages.stream().map(Stage::wireName).toList());
        options.put("--code", codes);
        options.put("--entity", entities);
        options.put("--key", keys);
        options.put("--connection", connections);
        options.put("--run", runs);
        options.put("--from", from.map(Instant::toString).map(List::of).orElse(List.of()));
        options.put("--to", to.map(Instant::toString).map(List::of).orElse(List.of()));
        options.put(
                "--header",
                headers.entrySet().stream()
                        .map(header -> header.getKey() + "=" + header.getValue())
                        .toList());
        options.put(
                "--state",
                states.size() == LetterState.values().length
                        ? List.of()
                        : states.stream().map(LetterState::wireName).toList());
        List<String> words =
                new ArrayList<>(ids.stream().map(LetterId::toString).sorted().toList());
        options.forEach((option, values) -> {
            if (!values.isEmpty()) {
                words.add(option + " " + values.stream().sorted().collect(Collectors.joining(",")));
            }
        });
        return String.join(" ", words);
    }

    /** Which tables an entity's rows go to in the mapping that comes with Listing Sync; read once. */
    private static final class Tables {

        private static final Map<String, Set<String>> BY_ENTITY = new TreeMap<>();

        static {
            Mapping standard = Mapping.standard();
            for (Entity entity : Entity.values()) {
                BY_ENTITY.put(
                        entity.wireName(),
                        standard.of(entity).stream()
                                .map(table -> table.layout().name())
                                .collect(Collectors.toSet()));
            }
        }

        static Set<String> of(String entity) {
            return BY_ENTITY.getOrDefault(entity, Set.of());
        }
    }
}
