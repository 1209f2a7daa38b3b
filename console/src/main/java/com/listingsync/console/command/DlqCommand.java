package com.listingsync.console.command;

import picocli.CommandLine.Command;

/** {@code dlq}: the parent of what can be done about dead letters. Confined to the main thread. */
@Command(
        name = "dlq",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Dead letters: records that a stage refused. Finds, explains, corrects, replays, discards and exports them.",
        footer = {
            "  ./listing-sync dlq stats",
            "  ./listing-sync dlq list --stage sink --code 22P02 --from 2h",
            "  ./listing-sync dlq replay --code bad-value --dry-run"
        })
final class DlqCommand implements Runnable {

    @Override
    public void run() {
        throw new WrongUsage(
                "say what to do about dead letters: list, show, stats, explain, edit, replay, discard or export");
    }
}
