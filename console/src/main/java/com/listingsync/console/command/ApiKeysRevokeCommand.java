package com.listingsync.console.command;

import com.listingsync.common.wire.Json;
import com.listingsync.console.access.ApiKey;
import com.listingsync.console.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code api-keys revoke}. Confined to the main thread. */
@Command(
        name = "revoke",
        description = "Revokes a key: a second later it opens nothing.",
        footer = {"  ./listing-sync api-keys revoke screen", "  ./listing-sync api-keys revoke ann --json"})
final class ApiKeysRevokeCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final KeysFileOption file = new KeysFileOption();

    @Parameters(paramLabel = "NAME|ID", description = "Its name or its id, as 'api-keys list' shows them.")
    private String key = "";

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    ApiKeysRevokeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        ApiKey revoked = file.of(shell).revoke(key, shell.clock());
        if (json) {
            shell.print(Json.MAPPER
                    .createObjectNode()
                    .put("id", revoked.id())
                    .put("name", revoked.name())
                    .put("revokedAt", revoked.revokedAt())
                    .toString());
            return 0;
        }
        shell.print("revoked " + revoked.id() + " of '" + revoked.name() + "'");
        return 0;
    }
}
