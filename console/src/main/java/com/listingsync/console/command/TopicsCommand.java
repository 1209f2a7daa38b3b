package com.listingsync.console.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics}: the parent of what can be done about topics. Confined to the main thread. */
@Command(
        name = "topics",
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists the topics of the catalogue, or creates and checks them.")
final class TopicsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do about topics: list or apply");
    }
}
