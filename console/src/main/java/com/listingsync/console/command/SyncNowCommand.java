package com.listingsync.console.command;

import com.listingsync.common.run.RunId;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.run.FeedProgress;
import com.listingsync.console.run.RunChoice;
import com.listingsync.console.run.RunJson;
import com.listingsync.console.run.RunRequest;
import com.listingsync.console.run.RunText;
import com.listingsync.console.run.RunWatch;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.Screen;
import com.listingsync.console.shell.Shell;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sync}. Confined to the main thread. */
@Command(name = "sync", description = "Asks the producers for a sync run now; without options over everything.")
final class SyncNowCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Option(names = "--connection", paramLabel = "NAME", description = "Only this connection; may be repeated.")
    private List<String> names = List.of();

    @Option(names = "--keys", split = ",", paramLabel = "KEY", description = "Only these listings, comma-separated.")
    private List<String> keys = List.of();

    @Option(names = "--force", description = "Ignore cursors and read everything.")
    private boolean force;

    @Option(names = "--wait", description = "Show progress until the run has ended; exit 0 only when it completed.")
    private boolean wait;

    @Option(names = "--json", description = "Print the result as a JSON object.")
    private boolean json;

    SyncNowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Map<String, String> environment = target.environment(shell);
        KafkaAccess access = KafkaAccess.of(environment);
        long now = shell.clock().millis();
        String run = RunId.next(shell.clock().instant(), new SecureRandom());
        RunRequest request = RunChoice.of(environment, names).request(run, "cli", keys, force);
        try (RunsTail tail = RunsTail.open(access)) {
            request.send(access, now);
            return wait ? watch(tail, run) : told(run);
        }
    }

    private int told(String run) {
        shell.out().println(json ? "{\"run\":\"" + run + "\"}" : "asked for run " + run);
        return 0;
    }

    private int watch(RunsTail tail, String run) {
        Screen screen = new Screen(shell.err(), shell.terminal());
        FeedProgress progress = new FeedProgress();
        Optional<RunState> ended = new RunWatch(tail)
                .untilEnd(run, () -> !shell.stop().isRequested(), state -> {
                    long now = shell.clock().millis();
                    screen.draw(progress.lines(state, now), now);
                });
        screen.clear();
        ended.ifPresent(state -> {
            if (json) {
                shell.out().println(RunJson.of(state).toPrettyString());
            } else {
                RunText.summary(state, shell.clock().millis()).forEach(shell.out()::println);
            }
        });
        return ended.map(RunState::status).filter(RunStatus.COMPLETED::equals).isPresent() ? 0 : Failures.FAILED;
    }
}
