package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.topic.Stage;
import com.listingsync.console.deadletter.LetterFilter;
import com.listingsync.console.deadletter.LetterState;
import com.listingsync.console.http.Problem;
import com.listingsync.console.moment.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which dead letters a call means, by its parameters or its body alike. Thread-safe.
 *
 * @param topics those of the stages; what stands on others is not for whoever may look at dead letters
 * @param clock what durations count back from
 */
record LetterSelection(Set<String> topics, InstantSource clock) {

    LetterSelection {
        topics = Set.copyOf(topics);
    }

    /**
     * The selection.
     *
     * @param values by name, lists and texts; what was left out selects nothing
     * @throws Problem (400, 422) when one is none
     */
    LetterFilter of(JsonNode values) {
        Set<LetterId> ids = new HashSet<>();
        each(values, "ids").forEach(id -> ids.add(id(id)));
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        each(values, "stage").forEach(name -> stages.add(Stage.of(name).orElseThrow()));
        Set<LetterState> states = EnumSet.noneOf(LetterState.class);
        each(values, "state").forEach(name -> states.add(LetterState.of(name).orElseThrow()));
        return new LetterFilter(
                ids,
                List.of(),
                stages,
                new HashSet<>(each(values, "code")),
                new HashSet<>(each(values, "entity")),
                new HashSet<>(each(values, "key")),
                new HashSet<>(each(values, "connection")),
                new HashSet<>(each(values, "run")),
                moment(values, "from"),
                moment(values, "to"),
                NamedValues.of(each(values, "header")),
                states.isEmpty() ? EnumSet.allOf(LetterState.class) : states);
    }

    private LetterId id(String text) {
        try {
            LetterId id = LetterId.of(text);
            if (topics.contains(id.topic())) {
                return id;
            }
            throw Problem.of(422, "ids: there is no such topic of dead letters");
        } catch (IllegalArgumentException e) {
            // Named by the caller, and none.
            throw Problem.of(400, "ids: expected topic/partition/offset");
        }
    }

    /** How long ago counts from the minute that has begun, so that pages of one list are of one selection. */
    private Optional<Instant> moment(JsonNode values, String name) {
        if (!values.has(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Moment.of(values.path(name).asText(), clock.instant().truncatedTo(ChronoUnit.MINUTES)));
        } catch (DateTimeException e) {
            // The caller's; its sentence says what was expected.
            throw Problem.of(400, name + ": " + e.getMessage());
        }
    }

    private static List<String> each(JsonNode values, String name) {
        List<String> all = new ArrayList<>();
        values.path(name).forEach(each -> all.add(each.asText()));
        return all;
    }
}
