package com.listingsync.console.command;

import picocli.CommandLine.Command;

/** {@code topics}: the parent of what can be done about topics. Confined to the main thread. */
@Command(
        name = "topics",
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists the topics of the catalogue, creates and checks them, or says who may do what with them.")
final class TopicsCommand implements Runnable {

    @Override
    public void run() {
        throw new WrongUsage("say what to do about topics: list, apply or acls");
    }
}
