package com.listingsync.console.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line itself; what to do is for its subcommands. Confined to the main thread. */
@Command(
        name = "./listing-sync",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        description = "Keeps a Supabase project in step with MLS feeds and Google Sheets, through Kafka.",
        footerHeading = "%n",
        footer = {
            "Settings are environment variables: './listing-sync settings' lists them.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or settings."
        })
final class ListingSync implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show stack traces of failures.")
    private boolean debug;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
