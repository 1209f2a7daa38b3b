package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.listingsync.console.command.CommandTree;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Commands on the pages, in blocks, in sentences and in tables, are commands that there are. OperateIT runs those in blocks. */
class DocumentedCommandLinesTest {

    /** Between apostrophes as in our messages, where it may be a part of a command; or as somebody would type it. */
    private static final Pattern COMMAND = Pattern.compile("'\\./listing-sync ([^'\\n]*)'|(\\./listing-sync[^`\\n]*)");

    private static final String DRAWN = "─";

    private static final Pattern CONTINUED = Pattern.compile("\\\\\\n\\s*");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

    /** A comment, what it is piped to, or what a sentence goes on with. */
    private static final Pattern END = Pattern.compile("\\s+#.*|\\s+[|>&].*|[;…)].*");

    /** A word of a command line, with blanks where it is quoted. */
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");

    /** What stands for something in the pages, with something. */
    private static final Map<String, String> PLACEHOLDERS =
            Map.of("SERVICE", "sink", "N", "5", "S", "7", "BASE", "9000", "COMMAND", "version");

    private static final CommandLine TREE = tree();

    @ParameterizedTest
    @MethodSource("commands")
    void commandsCanBeTyped(String command) {
        String[] arguments = words(command)
                .skip(1)
                .map(word -> PLACEHOLDERS.getOrDefault(word, word))
                .toArray(String[]::new);

        assertThatCode(() -> TREE.parseArgs(arguments)).doesNotThrowAnyException();
    }

    /** Such as {@code verify --repair} in a sentence, or what a message recommends. */
    @ParameterizedTest
    @MethodSource("partsOfCommands")
    void partsOfCommandsAreOfCommandsThatThereAre(String part) {
        List<String> words = words(part).toList();
        CommandSpec command = command(words).getCommandSpec();

        assertThat(words)
                .filteredOn(word -> word.startsWith("-"))
                .allSatisfy(option ->
                        assertThat(command.findOption(option)).as(option).isNotNull());
        // Which of several is meant is said by the second word.
        assertThat(command.subcommands().isEmpty() || words.get(1).startsWith("-"))
                .as(part)
                .isTrue();
    }

    static Collection<String> commands() throws IOException {
        return found(page -> COMMAND.matcher(CONTINUED.matcher(page).replaceAll(" "))
                .results()
                .map(found -> found.group(2))
                .filter(command -> command != null && !command.contains(DRAWN))
                .map(DocumentedCommandLinesTest::plain));
    }

    static Collection<String> partsOfCommands() throws IOException {
        return found(page -> Stream.concat(
                        COMMAND.matcher(page)
                                .results()
                                .map(found -> found.group(1))
                                .filter(command -> command != null),
                        SPAN.matcher(BLOCK.matcher(withoutMessages(page)).replaceAll(""))
                                .results()
                                .map(found -> found.group(1).replaceAll("\\s+", " ")))
                .map(DocumentedCommandLinesTest::plain)
                .filter(span ->
                        span.matches("\\S+ [^→]+") && TREE.getSubcommands().containsKey(span.split(" ")[0])));
    }

    private static Set<String> found(Function<String, Stream<String>> of) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path page : Pages.all()) {
            of.apply(Files.readString(page)).forEach(found::add);
        }
        assertThat(found).hasSizeGreaterThan(25);
        return found;
    }

    /** What is quoted in the first column of a table of messages is no command, even where it begins like one. */
    private static String withoutMessages(String page) {
        return page.startsWith("# When something is wrong") ? page.replaceAll("(?m)^\\| `.*? \\| ", "| ") : page;
    }

    /** A synopsis as somebody would type it who wants all of it; of alternatives the first. */
    private static String plain(String command) {
        return END.matcher(command.replace(",…", "").replaceAll("[\\[\\]]", ""))
                .replaceAll("")
                .replaceAll("(\\w)(?:\\|\\w+)+", "$1")
                .strip();
    }

    private static CommandLine command(List<String> words) {
        CommandLine command = TREE;
        for (String word : words) {
            CommandLine below = command.getSubcommands().get(word);
            if (below == null) {
                break;
            }
            command = below;
        }
        return command;
    }

    private static Stream<String> words(String command) {
        List<String> words = new ArrayList<>();
        WORD.matcher(command).results().forEach(word -> words.add(word.group().replaceAll("[\"']", "")));
        return words.stream();
    }

    private static CommandLine tree() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return CommandTree.of(
                new Shell(Map.of(), nowhere, nowhere, Terminal.PLAIN, Clock.systemUTC(), new StopSignal()));
    }
}
