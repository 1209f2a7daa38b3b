package com.listingsync.console.command;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.access.KeysFile;
import com.listingsync.console.shell.Shell;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file of API keys that a command works on. */
final class KeysFileOption {

    private static final String VARIABLE = "SYNC_CONSOLE_KEYS";

    @Option(names = "--file", paramLabel = "FILE", description = "The file of API keys; stands for SYNC_CONSOLE_KEYS.")
    private @Nullable Path file;

    /** @throws SettingsException when neither the option nor the environment names one */
    KeysFile of(Shell shell) {
        if (file != null) {
            return new KeysFile(file);
        }
        String named = shell.environment().getOrDefault(VARIABLE, "");
        if (named.isBlank()) {
            throw new SettingsException(VARIABLE
                    + " is not set: name the file of API keys there, where the console looks too, or with --file FILE");
        }
        return new KeysFile(Path.of(named));
    }
}
