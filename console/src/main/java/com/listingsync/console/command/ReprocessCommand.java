package com.listingsync.console.command;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.run.RunId;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.mapping.DryRun;
import com.listingsync.console.mapping.DryRunReport;
import com.listingsync.console.mapping.ReprocessRun;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.Shell;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reprocess}. Confined to the main thread. */
@Command(
        name = "reprocess",
        description =
                "Sends the log through the mapping again, after the processor was started with a changed one; no MLS is"
                        + " asked. Rows are written anew, with higher versions; what was mapped by it already is not.",
        footer = {
            "  ./listing-sync reprocess --entity media --dry-run",
            "  ./listing-sync reprocess --keys AA13226 --wait"
        })
final class ReprocessCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Option(
            names = "--entity",
            split = ",",
            paramLabel = "ENTITY",
            description = "Only these: property, media, rooms, openhouse, sheet; comma-separated.")
    private List<String> entities = List.of();

    @Option(
            names = "--keys",
            split = ",",
            paramLabel = "KEY",
            description = "Only what belongs to these: listing keys, child keys or property numbers, comma-separated.")
    private List<String> keys = List.of();

    @Option(
            names = "--dry-run",
            description =
                    "Write nothing; show how many rows would change, and how, from the log and the rows as they are.")
    private boolean dryRun;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description =
                    "With --dry-run: the mapping to try; when left out, what SYNC_MAPPING names, or the default mapping.")
    private @Nullable Path mapping;

    @Option(names = "--wait", description = "Show progress until the run has ended; exit 0 only when it completed.")
    private boolean wait;

    @Option(names = "--json", description = "Print the result as a JSON object, and nothing else, on stdout.")
    private boolean json;

    ReprocessCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        for (String entity : entities) {
            if (Entity.of(entity).isEmpty()) {
                throw new WrongUsage(
                        "--entity: expected property, media, rooms, openhouse or sheet; found '" + entity + "'");
            }
        }
        if (mapping != null && !dryRun) {
            throw new WrongUsage("--mapping goes with --dry-run; the processor uses what its SYNC_MAPPING names");
        }
        Map<String, String> environment = target.environment(shell);
        KafkaAccess access = KafkaAccess.of(environment);
        String run = RunId.next(shell.clock().instant(), new SecureRandom());
        ReprocessRequest request = new ReprocessRequest(run, entities, keys, "cli");
        return dryRun ? tried(access, request, environment) : asked(access, request);
    }

    private int tried(KafkaAccess access, ReprocessRequest request, Map<String, String> environment) {
        Mapping tried = mapping != null ? Mapping.load(mapping) : Mapping.inForce(environment);
        DryRunReport report = new DryRun(access, tried, request).work();
        if (json) {
            shell.out().println(report.json().toPrettyString());
        } else {
            report.lines().forEach(shell.out()::println);
        }
        return 0;
    }

    private int asked(KafkaAccess access, ReprocessRequest request) {
        ReprocessRun reprocess = new ReprocessRun(request);
        if (!wait) {
            reprocess.send(access, shell.clock().millis());
            shell.out()
                    .println(
                            json
                                    ? "{\"run\":\"" + request.run() + "\"}"
                                    : "asked for run " + request.run() + "; follow it: ./listing-sync status "
                                            + request.run() + " --wait" + target.options());
            return 0;
        }
        try (RunsTail tail = RunsTail.open(access)) {
            reprocess.send(access, shell.clock().millis());
            return new RunEnding(shell, target).await(access, tail, request.run(), json);
        }
    }
}
