package com.listingsync.console.command;

import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.up.Endpoints;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which deployment a tool talks to: the one that the environment names, or an {@code up} of this machine. */
final class Target {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Talk to the 'up' that runs on this data folder, not to what the environment names.")
    private @Nullable Path data;

    /**
     * The deployment's environment.
     *
     * @throws com.listingsync.common.setting.SettingsException when there is no {@code up} on the folder named
     */
    Map<String, String> environment(Shell shell) {
        if (data == null) {
            return shell.environment();
        }
        Map<String, String> environment = new HashMap<>(shell.environment());
        environment.putAll(Endpoints.environmentOf(data));
        return environment;
    }

    KafkaAccess kafka(Shell shell) {
        return KafkaAccess.of(environment(shell));
    }
}
