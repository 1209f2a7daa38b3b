package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which connections file a command works on. */
final class SecretsFileOption {

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The connections file (default: the one that SYNC_CONNECTIONS names).")
    private @Nullable Path file;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The same, without the option.")
    private @Nullable Path positional;

    /** The file. */
    Path file(Shell shell) {
        if (file != null && positional != null) {
            throw new WrongUsage("--file and FILE name two connections files; leave one out");
        }
        if (file != null || positional != null) {
            return file != null ? file : Objects.requireNonNull(positional);
        }
        String set = shell.environment().getOrDefault("SYNC_CONNECTIONS", "");
        if (set.isBlank()) {
            throw new WrongUsage("say which connections file: give --file, or set SYNC_CONNECTIONS");
        }
        return Path.of(set);
    }
}
