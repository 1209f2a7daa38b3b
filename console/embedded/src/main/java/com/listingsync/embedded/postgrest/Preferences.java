package com.listingsync.embedded.postgrest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The wishes of the {@code Prefer} header (RFC 7240) that PostgREST knows. Immutable.
 *
 * @param known the wishes that were understood; the first of a name wins
 * @param invalid the rest, as they were written
 */
record Preferences(Map<Name, String> known, List<String> invalid) {
    /** The known names, in the order in which Preference-Applied lists them. */
    @SuppressWarnings("ImmutableEnumChecker") // The sets come from Set.of and never change.
    enum Name {
        RESOLUTION("resolution", Set.of("merge-duplicates", "ignore-duplicates")),
        MISSING("missing", Set.of("default", "null")),
        RETURN("return", Set.of("minimal", "representation", "headers-only")),
        COUNT("count", Set.of("exact", "planned", "estimated")),
        TX("tx", Set.of("commit", "rollback")),
        HANDLING("handling", Set.of("strict", "lenient")),
        MAX_AFFECTED("max-affected", Set.of());

        private final String text;
        private final Set<String> values;

        Name(String text, Set<String> values) {
            this.text = text;
            this.values = values;
        }

        private boolean takes(String value) {
            return values.isEmpty() ? value.matches("\\d{1,18}") : values.contains(value);
        }
    }

    Preferences {
        known = Map.copyOf(known);
        invalid = List.copyOf(invalid);
    }

    /** Parses the values of all Prefer headers. */
    static Preferences parse(Collection<String> headers) {
        Map<Name, String> known = new EnumMap<>(Name.class);
        List<String> invalid = new ArrayList<>();
        for (String header : headers) {
            for (String part : header.split(",", -1)) {
                String wish = part.strip();
                Optional<Name> name = nameOf(wish);
                if (name.isPresent()) {
                    known.putIfAbsent(name.get(), wish.substring(wish.indexOf('=') + 1));
                } else if (!wish.isEmpty()) {
                    invalid.add(wish);
                }
            }
        }
        return new Preferences(known, invalid);
    }

    /** Refuses unknown wishes if the client asked for strict handling. */
    Preferences checked() {
        if (strict() && !invalid.isEmpty()) {
            throw Refusals.invalidPreferences(invalid);
        }
        return this;
    }

    boolean mergesDuplicates() {
        return is(Name.RESOLUTION, "merge-duplicates");
    }

    boolean resolvesDuplicates() {
        return known.containsKey(Name.RESOLUTION);
    }

    boolean defaultsMissing() {
        return is(Name.MISSING, "default");
    }

    boolean returnsRepresentation() {
        return is(Name.RETURN, "representation");
    }

    boolean returnsHeadersOnly() {
        return is(Name.RETURN, "headers-only");
    }

    boolean counts() {
        return known.containsKey(Name.COUNT);
    }

    /** The most rows a write may touch; it binds under strict handling only. */
    Optional<Long> maxAffected() {
        return Optional.ofNullable(known.get(Name.MAX_AFFECTED))
                .filter(n -> strict())
                .map(Long::valueOf);
    }

    /** The Preference-Applied header of an action to which these names mean something; empty if none was given. */
    Optional<String> applied(Set<Name> meaningful) {
        String applied = EnumSet.allOf(Name.class).stream()
                .filter(name -> known.containsKey(name) && meaningful.contains(name))
                .map(name -> name.text + "=" + known.get(name))
                .collect(Collectors.joining(", "));
        return Optional.of(applied).filter(text -> !text.isEmpty());
    }

    private boolean strict() {
        return is(Name.HANDLING, "strict");
    }

    private boolean is(Name name, String value) {
        return value.equals(known.get(name));
    }

    private static Optional<Name> nameOf(String wish) {
        int equals = wish.indexOf('=');
        return EnumSet.allOf(Name.class).stream()
                .filter(name -> equals > 0
                        && name.text.equals(wish.substring(0, equals))
                        && name.takes(wish.substring(equals + 1)))
                .findFirst();
    }
}
