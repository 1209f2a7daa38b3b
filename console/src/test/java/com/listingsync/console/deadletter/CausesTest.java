package com.listingsync.console.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever code a stage can write is explained: they are looked for in the stages' own sources, and on the page of verdicts. */
class CausesTest {

    private static final Path ROOT = Path.of("..");

    /** How codes come into a letter: as an argument of what makes one, or as a constant that is given there. */
    private static final Pattern LITERAL = Pattern.compile(
            "(?:refuse\\(record, |new (?:MapOutcome\\.)?Refused\\(\\s*|Refused\\(\\s*|DeadLetter\\.of\\(Stage\\.[A-Z]+, |(?<![.])failed\\(|PostEnd\\.Failed\\(\\s*)\"([a-z0-9-]+)\"");

    private static final Pattern CONSTANT = Pattern.compile("String ([A-Z_]+) = \"([a-z0-9-]+)\"");
    private static final Pattern VERDICT =
            Pattern.compile("^\\| [^|]+\\| (\\d+) \\| `([A-Z0-9]+)` \\| refused \\|", Pattern.MULTILINE);

    /** Constants of the processor that are reasons to skip, which makes no letter. */
    private static final Set<String> SKIPS = Set.of(
            "duplicate",
            "stale",
            "absent",
            "filtered",
            "deleted",
            "moved",
            "elsewhere",
            "unmapped",
            "upcoming",
            "waiting",
            "row");

    @Test
    void explainsEveryCodeOfTheProducer() throws IOException {
        Set<String> codes = constants("producer/src/main/java/com/listingsync/producer/publish/Refusal.java");

        assertThat(codes).contains("no-key", "formula-error").hasSizeGreaterThan(5);
        assertThat(codes)
                .allSatisfy(code ->
                        assertThat(Causes.isKnown("producer", code)).as(code).isTrue());
    }

    @Test
    void explainsEveryCodeOfTheProcessor() throws IOException {
        Set<String> codes = literals("processor/src/main/java");
        codes.addAll(constants("processor/src/main/java/com/listingsync/processor/topology/Outlet.java"));
        codes.addAll(constants("processor/src/main/java/com/listingsync/processor/topology/PoisonRecordHandler.java"));
        codes.addAll(List.of("bad-value", "missing-required"));
        codes.removeAll(SKIPS);

        assertThat(codes).contains("bad-json", "orphan", "too-large", "unreadable", "processing-failed");
        assertThat(codes)
                .allSatisfy(code ->
                        assertThat(Causes.isKnown("processor", code)).as(code).isTrue());
    }

    @Test
    void explainsEveryCodeOfTheSink() throws IOException {
        Set<String> codes = literals("sink/src/main/java");
        codes.addAll(constants("sink/src/main/java/com/listingsync/sink/consume/RowReader.java"));
        Matcher verdicts = VERDICT.matcher(Files.readString(ROOT.resolve("docs/verdicts.md")));
        verdicts.results().map(verdict -> verdict.group(2)).forEach(codes::add);

        assertThat(codes).contains("unknown-table", "no-account", "22P02", "PGRST102", "413", "P0001");
        assertThat(codes)
                .allSatisfy(code ->
                        assertThat(Causes.isKnown("sink", code)).as(code).isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "sink, 22023, 22xxx",
        "sink, 23001, 23xxx",
        "sink, 2F002, trigger",
        "sink, 100-33, platform",
        "VALUE_CONVERTER, DataException, deserializer",
    })
    void explainsFamiliesOfCodes(String stage, String code, String words) {
        Causes.Cause cause = Causes.of(stage, code);

        assertThat(cause.code()).isEqualTo(code);
        assertThat(cause.meaning() + families()).contains(words.replace("xxx", ""));
        assertThat(Causes.isKnown(stage, code)).isTrue();
    }

    @Test
    void tellsStagesApartThatShareACode() {
        assertThat(Causes.meanings(null, "too-large"))
                .extracting(Causes.Cause::stage)
                .containsExactly("producer", "processor");
        assertThat(Causes.meanings("producer", "too-large")).hasSize(1);
    }

    @Test
    void saysSomethingOfACodeThatNobodyKnows() {
        assertThat(Causes.isKnown("sink", "gremlin")).isFalse();
        assertThat(Causes.meanings(null, "gremlin")).singleElement().satisfies(cause -> {
            assertThat(cause.code()).isEqualTo("gremlin");
            assertThat(cause.fix()).contains("dlq show");
        });
    }

    private static String families() {
        return Causes.all().toString();
    }

    private static Set<String> literals(String folder) throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                LITERAL.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .forEach(codes::add);
            }
        }
        return codes;
    }

    private static Set<String> constants(String file) throws IOException {
        Set<String> codes = new TreeSet<>();
        CONSTANT.matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map((MatchResult found) -> found.group(2))
                .forEach(codes::add);
        return codes;
    }
}
