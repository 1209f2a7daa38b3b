package com.listingsync.console.command;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.up.Endpoints;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * Which deployment a tool talks to: the {@code up} of the data folder that is named, or the Kafka that is named by option or
 * environment, or else the {@code up} that runs on the usual folder.
 */
final class Target {

    private static final String BOOTSTRAP = "KAFKA_BOOTSTRAP_SERVERS";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Talk to the 'up' that runs on this data folder. Without it, --bootstrap and"
                    + " KAFKA_BOOTSTRAP_SERVERS: to the one on ~/.listing-sync.")
    private @Nullable Path data;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Talk to this Kafka; stands for KAFKA_BOOTSTRAP_SERVERS.")
    private @Nullable String bootstrap;

    private @Nullable String asked;

    /**
     * The deployment's environment.
     *
     * @throws SettingsException when there is no {@code up} on the folder named, or nothing is named and none is running
     */
    Map<String, String> environment(Shell shell) {
        if (data != null && bootstrap != null) {
            throw new WrongUsage("--data and --bootstrap name two places to talk to; leave one out");
        }
        Map<String, String> environment = new HashMap<>(shell.environment());
        if (data != null) {
            environment.putAll(Endpoints.environmentOf(data));
        } else if (bootstrap != null) {
            environment.put(BOOTSTRAP, bootstrap);
        } else if (environment.getOrDefault(BOOTSTRAP, "").isBlank()) {
            environment.putAll(ofTheUsual());
        }
        asked = environment.get(BOOTSTRAP);
        return environment;
    }

    /** As {@link #environment}; of an {@code up} also with the Supabase project that its sink writes to, and its key. */
    Map<String, String> withSupabase(Shell shell) {
        Map<String, String> environment = new HashMap<>(environment(shell));
        if (data != null) {
            environment.putAll(Endpoints.supabaseOf(data));
        } else if (bootstrap == null
                && shell.environment().getOrDefault(BOOTSTRAP, "").isBlank()) {
            environment.putAll(Endpoints.supabaseOf(Endpoints.usualFolder()));
        }
        return environment;
    }

    KafkaAccess kafka(Shell shell) {
        return KafkaAccess.of(environment(shell));
    }

    /** Where a command that has failed looked for Kafka; empty when it has not come so far, or takes no such options. */
    static Optional<String> kafkaOf(CommandLine command) {
        return command.getCommandSpec().mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(Target.class::isInstance)
                .map(Target.class::cast)
                .flatMap(target -> Optional.ofNullable(target.asked).stream())
                .findFirst();
    }

    /** The options that lead another command to the same place, with a blank before them; empty when none are needed. */
    String options() {
        if (data != null) {
            return " --data " + data;
        }
        return bootstrap == null ? "" : " --bootstrap " + bootstrap;
    }

    private static Map<String, String> ofTheUsual() {
        Path folder = Endpoints.usualFolder();
        if (!Endpoints.areIn(folder)) {
            throw new SettingsException(BOOTSTRAP + " is not set, and no 'up' is running on " + folder
                    + ": name a Kafka with --bootstrap HOST:PORT, or the data folder of an 'up' with --data DIR");
        }
        return Endpoints.environmentOf(folder);
    }
}
