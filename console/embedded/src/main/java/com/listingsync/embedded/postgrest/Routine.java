package com.listingsync.embedded.postgrest;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A function as the schema cache knows it. Immutable.
 *
 * @param parameters its input parameters in their order
 * @param result what one row of its result is
 * @param returnsSet whether it returns any number of rows
 */
record Routine(String schema, String name, List<Parameter> parameters, Result result, boolean returnsSet) {
    /** What one row of a function's result is. */
    enum Result {
        VOID,
        SCALAR,
        COMPOSITE
    }

    /** An input parameter; the name is empty if the function gave none. */
    record Parameter(String name, String type, boolean required) {}

    Routine {
        parameters = List.copyOf(parameters);
    }

    /** Whether it can be called with just these named arguments. */
    boolean accepts(Set<String> arguments) {
        Set<String> names = parameters.stream().map(Parameter::name).collect(Collectors.toSet());
        return names.containsAll(arguments)
                && parameters.stream().allMatch(p -> !p.required() || arguments.contains(p.name()))
                && !names.contains("");
    }

    /** Whether the whole body is its one argument. */
    boolean takesWholeBody() {
        return parameters.size() == 1
                && parameters.get(0).name().isEmpty()
                && Set.of("json", "jsonb").contains(parameters.get(0).type());
    }

    /** {@code (a, b)}: the parameters' names, sorted. */
    String signature() {
        return parameters.stream().map(Parameter::name).collect(Collectors.toCollection(TreeSet::new)).stream()
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
