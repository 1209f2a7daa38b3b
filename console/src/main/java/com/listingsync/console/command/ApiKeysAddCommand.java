package com.listingsync.console.command;

import com.listingsync.common.wire.Json;
import com.listingsync.console.access.KeysFile;
import com.listingsync.console.access.Role;
import com.listingsync.console.shell.Shell;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code api-keys add}. Confined to the main thread. */
@Command(
        name = "add",
        description = "Makes a key and prints it, this once: only its hash is kept.",
        footer = {
            "  ./listing-sync api-keys add screen",
            "  ./listing-sync api-keys add ann --role operator --file api-keys.json"
        })
final class ApiKeysAddCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final KeysFileOption file = new KeysFileOption();

    @Parameters(paramLabel = "NAME", description = "Whose key it is, as the audit will name them.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "viewer|operator",
            defaultValue = "viewer",
            description = "viewer sees everything, operator may do everything (default: ${DEFAULT-VALUE}).")
    private String role = "viewer";

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    ApiKeysAddCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        KeysFile keys = file.of(shell);
        String key = keys.add(name, role(), shell.clock(), new SecureRandom());
        if (json) {
            shell.print(Json.MAPPER
                    .createObjectNode()
                    .put("name", name)
                    .put("role", role)
                    .put("key", key)
                    .toString());
            return 0;
        }
        shell.print(key);
        shell.err().println("key of '" + name + "' (" + role + ") added to " + keys.path());
        return 0;
    }

    private Role role() {
        return switch (role) {
            case "viewer" -> Role.VIEWER;
            case "operator" -> Role.OPERATOR;
            default -> throw new WrongUsage("--role: expected viewer or operator, found '" + role + "'");
        };
    }
}
