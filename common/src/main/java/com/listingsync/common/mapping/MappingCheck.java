package com.listingsync.common.mapping;

import java.util.List;
import java.util.Optional;

/**
 * What a person who writes a mapping wants to know of it.
 *
 * @param mapping the mapping; empty when there is an error
 * @param problems errors and warnings, in the file's order
 */
public record MappingCheck(Optional<Mapping> mapping, List<MappingProblem> problems) {

    public MappingCheck {
        problems = List.copyOf(problems);
    }

    /** Checks a mapping file's text. */
    public static MappingCheck of(String yaml) {
        MappingFile.Reading reading = MappingFile.read(yaml);
        reading.mapping().ifPresent(new MappingAdvice(reading.problems())::of);
        return new MappingCheck(reading.mapping(), reading.problems().all());
    }

    /** The JSON Schema (draft 2020-12) of mapping files. */
    public static String schema() {
        return SchemaCheck.text();
    }

    public List<MappingProblem> errors() {
        return problems.stream().filter(MappingProblem::isError).toList();
    }

    public List<MappingProblem> warnings() {
        return problems.stream().filter(problem -> !problem.isError()).toList();
    }
}
