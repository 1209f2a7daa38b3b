package com.listingsync.console.command;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.replay.DryReplayReport;
import com.listingsync.console.replay.ReplayBound;
import com.listingsync.console.replay.ReplayRequest;
import com.listingsync.console.replay.ReplayStatus;
import com.listingsync.console.replay.ReplayTarget;
import com.listingsync.console.replay.Replays;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.verify.Verification;
import com.listingsync.console.verify.VerifyReport;
import com.listingsync.console.verify.VerifyRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay}. Confined to the main thread. */
@Command(
        name = "replay",
        description =
                "Sends a part of the log once more: rows to Supabase, or source records through the mapping. Runs beside"
                        + " the live stream and lets it go first; no row ever becomes older.",
        sortOptions = false,
        footer = {
            "  ./listing-sync replay --dry-run --entity media --from 2h",
            "  ./listing-sync replay --keys W1234567,AA13226",
            "  ./listing-sync replay --topic source.* --entity property",
            "  ./listing-sync replay --target https://new.supabase.co --target-key-env NEW_KEY",
            "",
            "Ctrl-C lets go of a replay of rows; 'replay resume ID' takes it up where it stands."
        },
        exitCodeList = {
            "0:finished and nothing refused, or asked for",
            "1:failed, stopped, let go of, a row refused, or a copy that differs",
            "2:wrong usage or settings"
        })
final class ReplayCommand implements Callable<Integer> {

    private static final int LISTED = 20;

    private final Shell shell;

    @Mixin
    private final Target deployment = new Target();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = "rows",
            description = "rows, source.* or one of source.property, source.media, source.rooms, source.openhouse,"
                    + " source.sheet (default: ${DEFAULT-VALUE}).")
    private String topic = "";

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

    @Option(names = "--run", paramLabel = "RUN", description = "Only what this run fetched.")
    private @Nullable String run;

    @Option(
            names = "--from",
            paramLabel = "TIME|OFFSET",
            defaultValue = "",
            description =
                    "From here on: 2026-11-22T08:00:00Z, a day, how long ago (2h, 7d), an offset in every partition, or"
                            + " PARTITION:OFFSET for that partition alone.")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME|OFFSET", defaultValue = "", description = "Up to here, exclusive.")
    private String to = "";

    @Option(
            names = "--target",
            paramLabel = "URL",
            description =
                    "Send rows to this other Supabase project; the migration must have been applied to it. A copy of"
                            + " everything is verified at the end.")
    private @Nullable String target;

    @Option(
            names = "--target-key-env",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The environment variable that holds the target's service_role key.")
    private String targetKey = "";

    @Option(
            names = "--target-rest-path",
            paramLabel = "PATH",
            defaultValue = "/rest/v1",
            description = "Path of the target's REST interface (default: ${DEFAULT-VALUE}).")
    private String targetPath = "";

    @Option(names = "--no-verify", description = "Do not verify a copy of everything at its end.")
    private boolean unverified;

    @Option(names = "--allow-live", description = "The target may be the project that the sink writes to.")
    private boolean allowLive;

    @Option(
            names = "--above-percent",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Only listings that a cutover has taken in since SYNC_CUTOVER_PERCENT was N (docs/cutover.md).")
    private int above;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Most records a second; left out, as fast as goes.")
    private int rate;

    @Option(names = "--dry-run", description = "Send nothing; show how much would be sent, with a few keys.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result as a JSON object, and nothing else, on stdout.")
    private boolean json;

    ReplayCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> environment = deployment.withSupabase(shell);
        KafkaAccess access = KafkaAccess.of(environment);
        Replays replays = ReplayFollowing.replays(shell, access, environment);
        ReplayRequest request = request();
        if (dryRun) {
            DryReplayReport report = replays.tried(request);
            if (json) {
                shell.out().println(report.json().toPrettyString());
            } else {
                report.lines().forEach(shell.out()::println);
            }
            return 0;
        }
        Replays.Started started = replays.start(request, allowLive ? Replays.Live.MEANT : Replays.Live.REFUSED);
        int ended = new ReplayFollowing(shell, deployment, replays, json).toEnd(started);
        ReplayTarget copy = request.isWhole() && !unverified ? request.target() : null;
        return ended == 0 && copy != null ? verified(access, environment, copy, replays.show(started.id())) : ended;
    }

    /** Holds a copy against the log that it was made from. */
    private int verified(
            KafkaAccess access, Map<String, String> environment, ReplayTarget project, ReplayStatus status) {
        VerifyRequest all = new VerifyRequest(
                List.of(),
                List.of(),
                0,
                Duration.ZERO,
                Optional.of(status.definition().span().ends()));
        VerifyReport report = new Verification(
                        access, project.environment(environment), Mapping.inForce(environment), all, shell.clock())
                .work(shell.stop()::isRequested);
        if (json) {
            shell.out().println(report.json(LISTED).toPrettyString());
        } else {
            shell.print(report.lines(LISTED));
        }
        return report.isInSync() ? 0 : Failures.FAILED;
    }

    private ReplayRequest request() {
        Instant now = shell.clock().instant();
        return new ReplayRequest(
                topic,
                entities,
                keys,
                run,
                ReplayBound.of("--from", from, now),
                ReplayBound.of("--to", to, now),
                target == null ? null : new ReplayTarget(target, targetPath, targetKey),
                above,
                rate,
                ReplayFollowing.who(shell));
    }
}
