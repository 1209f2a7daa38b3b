package com.listingsync.console.command;

import picocli.CommandLine.Command;

/** {@code topics}: the parent of what can be done about topics. Confined to the main thread. */
@Command(
        name = "topics",
        synopsisSubcommandLabel = "COMMAND",
        footer = "  ./listing-sync topics list",
        description =
                "Lists, shows, creates and checks the topics of the catalogue, or says who may do what with them.")
final class TopicsCommand implements Runnable {

    @Override
    public void run() {
        throw new WrongUsage("say what to do about topics: list, describe, apply or acls");
    }
}
