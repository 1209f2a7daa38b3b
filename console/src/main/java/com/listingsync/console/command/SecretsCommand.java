package com.listingsync.console.command;

import picocli.CommandLine.Command;

/** {@code secrets}: the parent of what can be done about secrets. Confined to the main thread. */
@Command(
        name = "secrets",
        synopsisSubcommandLabel = "COMMAND",
        footer = "  ./listing-sync secrets seal --file connections.yaml",
        description = {
            "Seals the secrets of a connections file, so that the file can be kept and shown without them.",
            "",
            "A sealed value opens only under the master key, in the connection and under the key it was sealed for. The master"
                    + " key is in SYNC_MASTER_KEY, or in the file that SYNC_MASTER_KEY_FILE names."
        })
final class SecretsCommand implements Runnable {

    @Override
    public void run() {
        throw new WrongUsage("say what to do about secrets: new-key, seal, unseal-check or rotate");
    }
}
