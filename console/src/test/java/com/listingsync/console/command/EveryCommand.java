package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands there are, by what is typed for them: {@code dlq}, {@code dlq edit}. Made once: it takes a while. */
final class EveryCommand {

    static final CommandLine TREE = tree();

    private EveryCommand() {}

    /** The names of all commands, groups included. */
    static Stream<String> names() {
        return below("", TREE);
    }

    /** Names of those that do something: of commands with others below them only {@code replay} does. */
    static Stream<String> namesOfDoers() {
        return names().filter(command -> find(command).subcommands().isEmpty() || command.equals("replay"));
    }

    static CommandSpec find(String name) {
        CommandLine at = TREE;
        for (String word : name.split(" ")) {
            at = at.getSubcommands().get(word);
        }
        return at.getCommandSpec();
    }

    private static Stream<String> below(String path, CommandLine command) {
        return command.getSubcommands().entrySet().stream().flatMap(entry -> {
            String name = (path + " " + entry.getKey()).strip();
            return Stream.concat(Stream.of(name), below(name, entry.getValue()));
        });
    }

    private static CommandLine tree() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return CommandTree.of(
                new Shell(Map.of(), nowhere, nowhere, Terminal.PLAIN, Clock.systemUTC(), new StopSignal()));
    }
}
