package com.listingsync.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What every command has in common, whoever adds it. */
class CommandConventionsTest {

    /** Those whose output is no data: services, a word that it was done, and texts that are used as they are or are JSON anyhow. */
    private static final Set<String> WITHOUT_JSON = Set.of(
            "producer",
            "processor",
            "sink",
            "console",
            "samples",
            "completion",
            "secrets new-key",
            "secrets seal",
            "secrets unseal-check",
            "secrets rotate",
            "topics acls",
            "dlq export",
            "replay pause",
            "replay stop",
            "api-keys add",
            "api-keys revoke");

    /** Made once: looking at every command takes a while. */
    private static final CommandLine TREE = tree();

    @ParameterizedTest
    @MethodSource("commands")
    void saysWhatItIsFor(String command) {
        CommandSpec spec = find(command);

        assertThat(String.join(" ", spec.usageMessage().description()))
                .endsWith(".")
                .hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsEveryOption(String command) {
        assertThat(find(command).options())
                .allSatisfy(option -> assertThat(String.join(" ", option.description()))
                        .as(option.longestName())
                        .isNotBlank());
        assertThat(find(command).positionalParameters())
                .allSatisfy(parameter -> assertThat(String.join(" ", parameter.description()))
                        .as(parameter.paramLabel())
                        .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void showsExamplesThatCanBeTyped(String command) {
        List<String> examples = Arrays.stream(find(command).usageMessage().footer())
                .filter(line -> line.startsWith("  ./listing-sync "))
                .toList();

        assertThat(examples).isNotEmpty().allSatisfy(example -> {
            String[] words = example.strip().split(" ");
            String[] arguments = Arrays.copyOfRange(words, 1, words.length);
            assertThat(example).startsWith("  ./listing-sync " + command);
            assertThat(TREE.parseArgs(arguments).errors()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void tellsItsExitCodes(String command) {
        assertThat(find(command).usageMessage().exitCodeList()).containsOnlyKeys("0", "1", "2");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void printsJsonWhereItPrintsData(String command) {
        if (!find(command).subcommands().isEmpty() || WITHOUT_JSON.contains(command)) {
            return;
        }

        assertThat(find(command).findOption("--json")).as("--json").isNotNull();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void canBeQuietAndShowStackTraces(String command) {
        assertThat(find(command).findOption("--quiet")).isNotNull();
        assertThat(find(command).findOption("--debug")).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helps(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--help");

        CommandLineRun run = CommandLineRun.of(Map.of(), arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: ./listing-sync " + command, "Examples:", "Exit codes:");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void refusesAnOptionThatThereIsNot(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--no-such-option");

        CommandLineRun run = CommandLineRun.of(Map.of(), arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("listing-sync: ").doesNotContain("\tat ");
    }

    /** The names of all commands, groups included. */
    static Stream<String> commands() {
        return below("", TREE);
    }

    private static Stream<String> below(String path, CommandLine command) {
        return command.getSubcommands().entrySet().stream().flatMap(entry -> {
            String name = (path + " " + entry.getKey()).strip();
            return Stream.concat(Stream.of(name), below(name, entry.getValue()));
        });
    }

    private static CommandSpec find(String command) {
        CommandLine at = TREE;
        for (String word : command.split(" ")) {
            at = at.getSubcommands().get(word);
        }
        return at.getCommandSpec();
    }

    private static CommandLine tree() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return CommandTree.of(
                new Shell(Map.of(), nowhere, nowhere, Terminal.PLAIN, Clock.systemUTC(), new StopSignal()));
    }
}
