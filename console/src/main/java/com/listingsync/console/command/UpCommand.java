package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import com.listingsync.console.up.Ports;
import com.listingsync.console.up.Up;
import com.listingsync.console.up.UpPlan;
import com.listingsync.console.up.Upstreams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}. Confined to the main thread. */
@Command(
        name = "up",
        description =
                "Starts everything on this machine: Kafka, PostgreSQL, Supabase REST, sample sources and the four "
                        + "services; syncs, and keeps running until Ctrl-C.",
        footer = {
            "  ./listing-sync up",
            "  ./listing-sync up --once --listings 200 --json",
            "  ./listing-sync up --no-sample --connections connections.yaml"
        })
final class UpCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(
            names = "--once",
            description = "Exit after the first full sync; 0 only if the books balance and nothing was refused.")
    private boolean once;

    @Option(names = "--json", description = "Print the first sync's result as JSON, and nothing else, on stdout.")
    private boolean json;

    @Option(
            names = "--listings",
            paramLabel = "N",
            description = "Listings in the sample (default: 2000, or what the data folder holds).")
    private @Nullable Integer listings;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "What the sample is generated from (default: 1, or what the data folder holds).")
    private @Nullable Long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/.listing-sync",
            description = "Where all data lives and survives a restart (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("");

    @Option(
            names = "--ports",
            paramLabel = "auto|BASE",
            defaultValue = "auto",
            description = "Free ports, or consecutive ones from BASE (default: ${DEFAULT-VALUE}).")
    private String ports = "auto";

    @Option(
            names = "--no-sample",
            description = "Read from real sources, named by --connections, instead of the sample.")
    private boolean noSample;

    @Option(names = "--connections", paramLabel = "FILE", description = "The connections file of the real sources.")
    private @Nullable Path connections;

    UpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        UpPlan plan = new UpPlan(
                data,
                Ports.parse(ports),
                upstreams(),
                once ? UpPlan.Ending.FIRST_RUN : UpPlan.Ending.STOP_SIGNAL,
                json ? UpPlan.Result.JSON : UpPlan.Result.TABLE);
        return new Up(shell, plan).run();
    }

    private Upstreams upstreams() {
        if (noSample != (connections != null)) {
            throw new WrongUsage("--no-sample and --connections FILE belong together; found only one of them");
        }
        if (connections == null) {
            return new Upstreams.Sample(
                    seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                    listings == null ? OptionalInt.empty() : OptionalInt.of(listings));
        }
        if (seed != null || listings != null) {
            throw new WrongUsage("--seed and --listings are of the sample; leave out --no-sample");
        }
        return new Upstreams.Real(connections);
    }
}
