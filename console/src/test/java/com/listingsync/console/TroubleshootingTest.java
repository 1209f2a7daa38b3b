package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever is said of trouble is on docs/troubleshooting.md, and what is quoted there is said. */
class TroubleshootingTest {

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern TITLE = Pattern.compile("Map\\.entry\\((\\d{3}), \"([^\"]+)\"\\)");
    private static final Pattern SCRIPT_FAILURE = Pattern.compile("\\bfail \"([^\"$]+)");

    /** What differs, in a quotation. */
    private static final String SOMETHING = "…";

    /** So much of a sentence is enough to find it by. */
    private static final int TELLING = 8;

    /** Said by Kafka's clients, by Java, or of a place within the connections file, which is put together. */
    private static final Set<String> IN_NO_LITERAL =
            Set.of("Not authorized", "Authentication failed", "NoClassDefFoundError", "connections[");

    /**
     * Where every sentence must be on the page. The embedded parts are left out: what they say, up says as the end of its own
     * sentence, which is on the page.
     */
    private static final List<String> COMPLETE = List.of("common", "producer", "processor", "sink", "console");

    private static final Map<String, String> CONSTANTS = constants();

    @Test
    void quotesOnlyWhatIsSaid() throws IOException {
        String said = everythingSaid();
        List<String> unsaid = new ArrayList<>();

        for (Quotation quotation : quotations()) {
            quotation.parts().stream()
                    .map(Said::bare)
                    .filter(part -> part.length() > 3 && !IN_NO_LITERAL.contains(part) && !said.contains(part))
                    .forEach(unsaid::add);
        }

        assertThat(unsaid).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("COMPLETE")
    void explainsEverySentence(String module) throws IOException {
        List<Quotation> quotations = quotations();
        List<Said> sentences = new ArrayList<>();
        for (Path file : Pages.sources(module)) {
            sentences.addAll(Said.in(type(file), Files.readString(file), CONSTANTS));
        }

        assertThat(sentences).hasSizeGreaterThan(50);
        assertThat(sentences).filteredOn(said -> !isExplained(said, quotations)).isEmpty();
    }

    @Test
    void explainsWhatTheScriptSays() throws IOException {
        List<Quotation> quotations = quotations();

        List<String> failures = matches(SCRIPT_FAILURE, Files.readString(Pages.TOP.resolve("listing-sync")), 1);

        assertThat(failures)
                .hasSizeGreaterThan(3)
                .allMatch(failure -> isExplained(new Said("listing-sync", List.of(failure)), quotations));
    }

    @Test
    void explainsEveryTitleOfTheApi() throws IOException {
        String problems =
                Files.readString(Pages.TOP.resolve("console/src/main/java/com/listingsync/console/http/Problem.java"));
        List<String> page = lines();

        assertThat(TITLE.matcher(problems).results())
                .hasSizeGreaterThan(10)
                .allSatisfy(title -> assertThat(page)
                        .anyMatch(line -> line.startsWith("| " + title.group(1) + " | `" + title.group(2) + "` |")));
    }

    @Test
    void knowsASentenceByHowItIsSaid() {
        String source = """
                class Example {
                    private static final String WANTED = "expected a size";
                    /** throws new IllegalStateException("in a comment, not said") */
                    Optional<String> problem() {
                        return away ? Optional.empty() : Optional.of("Kafka is away at " + address);
                    }
                    void work() {
                        throw new IllegalArgumentException(WANTED + ", such as 5; found " + size);
                    }
                    Finding look() {
                        return Finding.bad("the area of it", "the name of it", "is too old", "what mends it");
                    }
                    void log() {
                        LOG.atWarn().addKeyValue("some key", 1).log("it is tried again");
                        LOG.atInfo().log("nothing is wrong");
                    }
                }
                """;

        assertThat(Said.in("Example", source, Said.constants("Example", source)))
                .extracting(Said::literals)
                .contains(
                        List.of("Kafka is away at "),
                        List.of("expected a size, such as 5; found "),
                        List.of("is too old"),
                        List.of("it is tried again"))
                .hasSize(5);
    }

    /** Whether somebody who was told this finds it by the words of a quotation, or a quotation by its words. */
    private static boolean isExplained(Said said, List<Quotation> quotations) {
        String sentence = String.join(" " + SOMETHING + " ", said.literals());
        List<String> words = telling(said.literals().stream().map(Said::bare).filter(part -> part.length() > 2));
        return quotations.stream()
                .anyMatch(quotation -> inOrder(quotation.parts(), sentence) || inOrder(words, quotation.text()));
    }

    /** None when they are too short to find anything by. */
    private static List<String> telling(Stream<String> of) {
        List<String> parts = of.filter(part -> !part.isEmpty()).toList();
        return parts.stream().mapToInt(String::length).sum() < TELLING ? List.of() : parts;
    }

    private static boolean inOrder(List<String> parts, String text) {
        int at = 0;
        for (String part : parts) {
            int found = text.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return !parts.isEmpty();
    }

    /**
     * A message on the page.
     *
     * @param parts what stands between that which differs; none when they are too short to tell anything
     */
    private record Quotation(String text, List<String> parts) {

        static Quotation of(String text) {
            return new Quotation(text, telling(Stream.of(text.split(SOMETHING)).map(String::strip)));
        }
    }

    /** What stands in the first column. */
    private static List<Quotation> quotations() throws IOException {
        return lines().stream()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> matches(QUOTED, line.split(" \\| ")[0], 1).stream())
                .map(Quotation::of)
                .toList();
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(Pages.TOP.resolve("docs/troubleshooting.md"));
    }

    private static String everythingSaid() throws IOException {
        StringBuilder said = new StringBuilder(Files.readString(Pages.TOP.resolve("listing-sync")));
        for (String module :
                Stream.concat(COMPLETE.stream(), Stream.of("console/embedded")).toList()) {
            for (Path file : Pages.sources(module)) {
                said.append(String.join("\n", Said.literals(Files.readString(file))))
                        .append('\n');
            }
        }
        for (Path file :
                Pages.below(Pages.TOP.resolve("console/src/main/resources/com/listingsync/console/dashboard"), ".js")) {
            said.append(Files.readString(file)).append('\n');
        }
        return said.toString();
    }

    private static Map<String, String> constants() {
        Map<String, String> constants = new TreeMap<>();
        try {
            for (String module : COMPLETE) {
                for (Path file : Pages.sources(module)) {
                    constants.putAll(Said.constants(type(file), Files.readString(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return constants;
    }

    private static String type(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static List<String> matches(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(group))
                .toList();
    }
}
