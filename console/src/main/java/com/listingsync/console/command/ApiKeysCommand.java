package com.listingsync.console.command;

import picocli.CommandLine.Command;

/** {@code api-keys}: the parent of what can be done about the keys of the HTTP API. Confined to the main thread. */
@Command(
        name = "api-keys",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Keys of the dashboard and the HTTP API.",
            "",
            "While there are none, the console serves this machine alone. Once there is one, every call needs one. The file"
                    + " holds no key, only their hashes; a console that runs sees a change within a second."
        },
        footer = {
            "  ./listing-sync api-keys add ann --role operator --file api-keys.json",
            "  ./listing-sync api-keys list --file api-keys.json"
        })
final class ApiKeysCommand implements Runnable {

    @Override
    public void run() {
        throw new WrongUsage("say what to do about API keys: add, list or revoke");
    }
}
