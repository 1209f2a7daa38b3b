package com.listingsync.console.command;

import com.listingsync.common.health.Service;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsInForce;
import com.listingsync.console.log.LogOutput;
import com.listingsync.console.shell.Shell;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** What the commands that run a service have in common: the option, and running it until it is asked to stop. */
final class ServiceRun {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceRun.class);

    @Option(names = "--print-settings", description = "Print the settings in force, secrets hidden, and exit.")
    private boolean printSettings;

    /**
     * Runs a service until the process is asked to stop; {@code start} is only called when it really runs, so that a
     * process with the classes of one service alone can run that one.
     *
     * @return the exit code
     */
    int run(Shell shell, Class<? extends Record> settings, Function<Map<String, String>, Service> start)
            throws InterruptedException {
        if (printSettings) {
            EnvRecords.read(settings, shell.environment());
            SettingsInForce.of(settings, shell.environment())
                    .shown()
                    .forEach(each -> shell.out().println(each.line()));
            return 0;
        }
        if (shell.remarks().isQuiet()) {
            LogOutput.warnings();
        } else {
            LogOutput.service();
        }
        try (Service service = start.apply(shell.environment())) {
            LOG.atInfo().addKeyValue("endpoint", service.endpoint()).log("{} runs", service.name());
            shell.stop().onRequest("stop-" + service.name(), () -> {
                LOG.info("{} was asked to stop", service.name());
                service.close();
            });
            service.awaitStop();
            if (!shell.stop().isRequested()) {
                // No service has an end of its own; whoever watches the process must not take this for a wish.
                LOG.error("{} has stopped, and nobody asked it to", service.name());
                return Failures.FAILED;
            }
            LOG.info("{} has stopped", service.name());
        }
        return 0;
    }
}
