package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.listingsync.console.command.CommandTree;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say can be done can be done, what they link to is there, and what they quote is said. */
class DocumentationTest {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\[\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern COMMAND = Pattern.compile("\\./listing-sync[^`\\n]*");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern CONTINUED = Pattern.compile("\\\\\\n\\s*");

    /** What stands for something in the pages, with something. */
    private static final Map<String, String> PLACEHOLDERS =
            Map.of("SERVICE", "sink", "N", "5", "S", "7", "BASE", "9000", "COMMAND", "version");

    /** Said by Kafka's clients, by Java, or by a service in the words of Kafka Streams. */
    private static final Set<String> SAID_BY_OTHERS =
            Set.of("Not authorized", "Authentication failed", "NoClassDefFoundError");

    /** Sections of the page whose every quotation is looked for in the sources. */
    private static final Set<String> HELD = Set.of(
            "## A service does not start",
            "## A service runs and is not ready",
            "## A command fails",
            "## `up` fails",
            "## The log warns");

    /**
     * Where every sentence for people must be on the page; a part of each literal is looked for. The embedded parts are left out: what
     * they say, up says as the end of its own sentence, which is on the page.
     */
    private static final List<String> COMPLETE = List.of("common", "producer", "processor", "sink", "console");

    /**
     * Answers to what somebody has just typed, which name the option and what was expected: {@code --last: expected at least 1}. What a
     * command says by {@code WrongUsage} is of the same kind, and not looked for either.
     */
    private static final Pattern EXPLAINS_ITSELF = Pattern.compile("--[a-z-]+.*");

    private static final Pattern THROWN = Pattern.compile(
            "new (?:SettingsException|CommandFailure|UpstreamException|UnsealException)\\((.*?)\\);", Pattern.DOTALL);

    private static final Pattern LOGGED = Pattern.compile(
            "at(?:Warn|Error)\\(\\)(?:(?!;\\n).)*?\\.log\\((.*?)\\);|(?i:LOG)\\.(?:warn|error)\\((.*?)\\);",
            Pattern.DOTALL);

    /** So much of a sentence is enough to find it by. */
    private static final int TELLING = 8;

    /** A word of a command line, with blanks where it is quoted. */
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|[^\\s\"])+");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    @ParameterizedTest
    @MethodSource("pages")
    void linksToWhatIsThere(Path page) throws IOException {
        List<String> broken = new ArrayList<>();

        for (String link : matches(LINK, Files.readString(page), 1)) {
            if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
                broken.add(link);
            }
        }

        assertThat(broken).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void showsCommandsThatThereAre(String command) {
        String[] arguments = arguments(command);

        assertThatCode(() -> CommandTree.of(shell()).parseArgs(arguments)).doesNotThrowAnyException();
    }

    @Test
    void quotesOnlyWhatIsSaid() throws IOException {
        String said = String.join("\n", sources());
        List<String> unsaid = new ArrayList<>();

        for (String line : messageRows()) {
            for (String quoted : matches(QUOTED, line.split(" \\| ")[0], 1)) {
                Stream.of(quoted.split("…"))
                        .map(DocumentationTest::bare)
                        .filter(part -> part.length() > 3 && !SAID_BY_OTHERS.contains(part) && !said.contains(part))
                        .forEach(unsaid::add);
            }
        }

        assertThat(unsaid).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("COMPLETE")
    void explainsEverySentence(String module) throws IOException {
        Set<String> explained = quotations();
        List<String> unexplained = new ArrayList<>();

        for (Path file : javaFiles(TOP.resolve(module).resolve("src/main/java"))) {
            for (List<String> sentence : sentences(joined(file))) {
                if (sentence.stream().noneMatch(part -> isIn(explained, part))) {
                    unexplained.add(file.getFileName() + ": " + sentence);
                }
            }
        }

        assertThat(unexplained).isEmpty();
    }

    /** What a source says of failures, each as the fixed parts of its sentence. */
    private static List<List<String>> sentences(String source) {
        return Stream.concat(
                        THROWN.matcher(source).results(), LOGGED.matcher(source).results())
                .map(said -> said.group(1) != null ? said.group(1) : said.group(2))
                .map(said -> matches(LITERAL, said, 1).stream()
                        .filter(literal -> literal.strip().length() >= TELLING)
                        .toList())
                .filter(literals -> !literals.isEmpty()
                        && !EXPLAINS_ITSELF.matcher(literals.get(0)).matches())
                .toList();
    }

    /** Every part of what the page quotes, without what stands for something else. */
    private static Set<String> quotations() throws IOException {
        return messageRows().stream()
                .flatMap(row -> matches(QUOTED, row.split(" \\| ")[0], 1).stream())
                .flatMap(quoted -> Stream.of(quoted.split("…")))
                .map(DocumentationTest::bare)
                .filter(part -> part.length() >= TELLING)
                .collect(Collectors.toSet());
    }

    private static boolean isIn(Set<String> explained, String literal) {
        String words = bare(literal);
        return explained.stream()
                .anyMatch(quoted -> literal.contains(quoted) || (words.length() >= TELLING && quoted.contains(words)));
    }

    /** Without the punctuation at its ends. */
    private static String bare(String part) {
        return part.strip().replaceAll("^[:;,('\\] ]+|[:;,(' ]+$", "");
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.getParent().resolve(file).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0
                || matches(HEADING, Files.readString(target), 1).stream()
                        .map(DocumentationTest::anchor)
                        .anyMatch(link.substring(hash + 1)::equals);
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    static Stream<Arguments> commands() throws IOException {
        Set<String> commands = new TreeSet<>();
        for (Path page : pages().toList()) {
            String text = CONTINUED.matcher(Files.readString(page)).replaceAll(" ");
            matches(COMMAND, text, 0).stream()
                    .map(command -> command.replaceAll("\\s+#.*|\\s+[|>&].*|[;…)].*", "")
                            .strip())
                    // A synopsis with its brackets is no command.
                    .filter(command -> !command.contains("'") && !command.contains("["))
                    .forEach(commands::add);
        }
        return commands.stream().map(Arguments::of);
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(TOP.resolve("docs"))) {
            List<Path> pages = docs.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
            pages.add(TOP.resolve("README.md"));
            for (String module : List.of("console", "producer", "processor", "sink")) {
                pages.add(TOP.resolve(module).resolve("README.md"));
            }
            return pages.stream();
        }
    }

    private static String[] arguments(String command) {
        return matches(WORD, command, 0).stream()
                .skip(1)
                .map(word -> PLACEHOLDERS.getOrDefault(word, word).replace("\"", ""))
                .toArray(String[]::new);
    }

    private static List<String> messageRows() throws IOException {
        List<String> rows = new ArrayList<>();
        String section = "";
        for (String line : Files.readAllLines(TOP.resolve("docs/troubleshooting.md"))) {
            section = line.startsWith("## ") ? line : section;
            if (HELD.contains(section) && line.startsWith("| `")) {
                rows.add(line);
            }
        }
        return rows;
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String module : List.of("common", "console", "console/embedded", "producer", "processor", "sink")) {
            for (Path file : javaFiles(TOP.resolve(module).resolve("src/main/java"))) {
                sources.add(joined(file));
            }
        }
        sources.add(Files.readString(TOP.resolve("listing-sync")));
        return sources;
    }

    /** A source with its literals put together, as the compiler does it. */
    private static String joined(Path file) {
        try {
            return Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<String> matches(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(group))
                .toList();
    }

    private static Shell shell() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new Shell(Map.of(), nowhere, nowhere, Terminal.PLAIN, Clock.systemUTC(), new StopSignal());
    }
}
