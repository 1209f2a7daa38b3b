package com.listingsync.console.command;

import picocli.CommandLine.Command;

/** {@code mapping}: the parent of what can be done about mappings. Confined to the main thread. */
@Command(
        name = "mapping",
        synopsisSubcommandLabel = "COMMAND",
        footer = "  ./listing-sync mapping check mapping.yaml",
        description = "Checks a mapping file, or shows the default one.")
final class MappingCommand implements Runnable {

    @Override
    public void run() {
        throw new WrongUsage("say what to do about mappings: check or show");
    }
}
