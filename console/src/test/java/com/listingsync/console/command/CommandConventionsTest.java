package com.listingsync.console.command;

import static com.listingsync.console.command.EveryCommand.find;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

    @ParameterizedTest
    @MethodSource("com.listingsync.console.command.EveryCommand#names")
    void saysWhatItIsFor(String command) {
        CommandSpec spec = find(command);

        assertThat(String.join(" ", spec.usageMessage().description()))
                .endsWith(".")
                .hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("com.listingsync.console.command.EveryCommand#names")
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
    @MethodSource("com.listingsync.console.command.EveryCommand#names")
    void showsExamplesThatCanBeTyped(String command) {
        List<String> examples = Arrays.stream(find(command).usageMessage().footer())
                .filter(line -> line.startsWith("  ./listing-sync "))
                .toList();

        assertThat(examples).isNotEmpty().allSatisfy(example -> {
            String[] words = example.strip().split(" ");
            String[] arguments = Arrays.copyOfRange(words, 1, words.length);
            assertThat(example).startsWith("  ./listing-sync " + command);
            assertThat(EveryCommand.TREE.parseArgs(arguments).errors()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("com.listingsync.console.command.EveryCommand#names")
    void tellsItsExitCodes(String command) {
        assertThat(find(command).usageMessage().exitCodeList()).containsOnlyKeys("0", "1", "2");
    }

    @ParameterizedTest
    @MethodSource("com.listingsync.console.command.EveryCommand#names")
    void printsJsonWhereItPrintsData(String command) {
        if (!find(command).subcommands().isEmpty() || WITHOUT_JSON.contains(command)) {
            return;
        }

        assertThat(find(command).findOption("--json")).as("--json").isNotNull();
    }

    @ParameterizedTest
    @MethodSource("com.listingsync.console.command.EveryCommand#names")
    void canBeQuietAndShowStackTraces(String command) {
        assertThat(find(command).findOption("--quiet")).isNotNull();
        assertThat(find(command).findOption("--debug")).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("com.listingsync.console.command.EveryCommand#names")
    void helps(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--help");

        CommandLineRun run = CommandLineRun.of(Map.of(), arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: ./listing-sync " + command, "Examples:", "Exit codes:");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("com.listingsync.console.command.EveryCommand#names")
    void refusesAnOptionThatThereIsNot(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--no-such-option");

        CommandLineRun run = CommandLineRun.of(Map.of(), arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("listing-sync: ").doesNotContain("\tat ");
    }
}
