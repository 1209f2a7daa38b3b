package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import com.listingsync.console.up.SamplesAlone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code samples}. Confined to the main thread. */
@Command(
        name = "samples",
        description = "Serves the sample MLS and spreadsheet alone, living, until it is stopped.",
        footer = {"  ./listing-sync samples --listings 500"})
final class SamplesCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            defaultValue = "127.0.0.1",
            description = "Name under which clients reach it; others than ${DEFAULT-VALUE} listen on every interface.")
    private String host = "127.0.0.1";

    @Option(
            names = "--mls-port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Port of the sample MLS (default: ${DEFAULT-VALUE}).")
    private int mlsPort;

    @Option(
            names = "--sheets-port",
            paramLabel = "PORT",
            defaultValue = "8091",
            description = "Port of the sample spreadsheet (default: ${DEFAULT-VALUE}).")
    private int sheetsPort;

    @Option(
            names = "--listings",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Listings at the start (default: ${DEFAULT-VALUE}).")
    private int listings;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What the sample is generated from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/.listing-sync-samples",
            description =
                    "Folder for the sample's changes and a connections.yaml that reads it (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("");

    SamplesCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new SamplesAlone(seed, listings, host, mlsPort, sheetsPort, out).run(shell);
    }
}
