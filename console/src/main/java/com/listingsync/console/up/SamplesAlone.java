package com.listingsync.console.up;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.shell.Shell;
import com.listingsync.embedded.world.WorldPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The sample upstreams without the rest, for services that run elsewhere, in containers for one. Confined to the thread that
 * calls {@link #run}.
 *
 * @param seed decides everything about the sample
 * @param listings how many listings it has at its start
 * @param host under which clients reach it; {@code 127.0.0.1} for this machine alone
 * @param mlsPort port of the MLS
 * @param sheetsPort port of the spreadsheet
 * @param out folder for the world's changes and for what a producer needs to read it
 */
public record SamplesAlone(long seed, int listings, String host, int mlsPort, int sheetsPort, Path out) {

    private static final String ACCOUNT_FILE = "sheets-account.json";

    /**
     * Serves the samples, which live, until a stop is wanted.
     *
     * @throws SettingsException when a port or the folder can't be used
     */
    public int run(Shell shell) throws IOException, InterruptedException {
        Files.createDirectories(out);
        WorldPlan plan = new SampleChoice(seed, listings).world(out.resolve("journal"));
        try (SampleUpstreams samples =
                Together.started("samples", () -> SampleUpstreams.start(plan, host, mlsPort, sheetsPort))) {
            Files.writeString(out.resolve(ACCOUNT_FILE), samples.sheetsAccount());
            Files.writeString(out.resolve("connections.yaml"), samples.connectionsBeside(ACCOUNT_FILE));
            samples.addresses().forEach((name, address) -> shell.out().println(name + " " + address));
            shell.out().println("connections " + out.resolve("connections.yaml"));
            samples.startLiving();
            shell.stop().await();
            return 0;
        }
    }
}
