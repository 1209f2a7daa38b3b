package com.listingsync.console.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.access.ApiKey;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.TextTable;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code api-keys list}. Confined to the main thread. */
@Command(
        name = "list",
        description = "Lists the keys: whose they are and what they may do; never the keys themselves.",
        footer = {"  ./listing-sync api-keys list --file api-keys.json", "  ./listing-sync api-keys list --json"})
final class ApiKeysListCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final KeysFileOption file = new KeysFileOption();

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    ApiKeysListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<ApiKey> keys = file.of(shell).keys();
        if (json) {
            ArrayNode all = Json.MAPPER.createArrayNode();
            keys.forEach(key -> all.addObject()
                    .put("id", key.id())
                    .put("name", key.name())
                    .put("role", key.role().wireName())
                    .put("createdAt", key.createdAt())
                    .put("revokedAt", key.revokedAt()));
            shell.out().println(all);
            return 0;
        }
        TextTable table = new TextTable("id", "name", "role", "made", "revoked");
        keys.forEach(key -> table.row(
                List.of(key.id(), key.name(), key.role().wireName(), time(key.createdAt()), time(key.revokedAt()))));
        table.lines().forEach(shell.out()::println);
        return 0;
    }

    private static String time(@Nullable Long millis) {
        return millis == null ? "-" : Instant.ofEpochMilli(millis / 1000 * 1000).toString();
    }
}
