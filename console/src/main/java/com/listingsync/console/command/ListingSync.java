package com.listingsync.console.command;

import com.listingsync.console.reference.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line itself; what to do is for its subcommands. Confined to the main thread. */
@Command(
        name = "./listing-sync",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        description = "Keeps a Supabase project in step with MLS feeds and Google Sheets, through Kafka.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./listing-sync up",
            "  ./listing-sync sync --idx --media --wait",
            "  ./listing-sync completion bash",
            "",
            "Settings are environment variables: './listing-sync settings' lists them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage or settings"})
final class ListingSync implements Runnable {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces of failures.")
    @SuppressWarnings(
            "UnusedVariable") // Failures asks the parse result, because a failure may come before any command.
    private boolean debug;

    @Option(
            names = "--quiet",
            scope = ScopeType.INHERIT,
            description = "Say nothing but the result, and what failed: no progress, no hints.")
    @SuppressWarnings("UnusedVariable") // CommandTree asks the parse result, before the command runs.
    private boolean quiet;

    @Override
    public void run() {
        throw new WrongUsage("a command is missing");
    }
}
