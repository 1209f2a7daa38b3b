package com.listingsync.console.command;

import com.listingsync.console.audit.Actor;
import com.listingsync.console.audit.AuditTrail;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.replay.ReplayJournal;
import com.listingsync.console.replay.ReplayStatus;
import com.listingsync.console.replay.ReplayText;
import com.listingsync.console.replay.Replays;
import com.listingsync.console.replay.RunningReplay;
import com.listingsync.console.shell.Screen;
import com.listingsync.console.shell.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows a replay to the person who started or resumed it, until it ends. Confined to one thread. */
final class ReplayFollowing {

    private static final Duration EVERY = Duration.ofMillis(500);

    private final Shell shell;
    private final Target target;
    private final Replays replays;
    private final boolean json;

    ReplayFollowing(Shell shell, Target target, Replays replays, boolean json) {
        this.shell = shell;
        this.target = target;
        this.replays = replays;
        this.json = json;
    }

    static Replays replays(Shell shell, KafkaAccess access, Map<String, String> environment) {
        AuditTrail trail = new AuditTrail(access, shell.clock());
        ReplayJournal journal = (who, action, selection, counts, problem) ->
                trail.end(trail.entry(new Actor(who), action, selection, Optional.empty()), counts, problem);
        return new Replays(access, environment, journal, shell.clock());
    }

    static String who(Shell shell) {
        return Actor.ofShell(shell.environment()).name();
    }

    /** The exit code is 0 when it finished and nothing was refused, or when it runs elsewhere. */
    int toEnd(Replays.Started started) throws InterruptedException {
        if (started.here().isEmpty()) {
            elsewhere(started.id());
            return 0;
        }
        try (RunningReplay replay = started.here().get()) {
            watch(replay);
        }
        ReplayStatus status = replays.show(started.id());
        print(status);
        if (!status.isWhole() && !status.state().equals("finished")) {
            shell.remarks()
                    .say("'./listing-sync replay resume " + started.id() + target.options()
                            + "' takes it up where it stands");
        }
        return status.isWhole() ? 0 : Failures.FAILED;
    }

    void print(ReplayStatus status) {
        if (json) {
            shell.out().println(ReplayText.json(status).toPrettyString());
        } else {
            ReplayText.show(status).forEach(shell.out()::println);
        }
    }

    private void watch(RunningReplay replay) throws InterruptedException {
        Screen screen = shell.remarks().screen();
        long begun = shell.clock().millis();
        long first = replay.status().done();
        try {
            while (!replay.awaitEnd(EVERY) && !shell.stop().isRequested()) {
                long now = shell.clock().millis();
                ReplayStatus status = replay.status();
                double rate = now == begun ? 0 : (status.done() - first) * 1000.0 / (now - begun);
                screen.draw(List.of(ReplayText.progress(status, rate)), now);
            }
        } finally {
            screen.clear();
        }
    }

    private void elsewhere(String id) {
        if (json) {
            shell.out().println(ReplayText.json(replays.show(id)).toPrettyString());
            return;
        }
        Optional<String> process = Optional.of(replays.show(id).process()).filter(name -> !name.isEmpty());
        shell.out()
                .println("replay " + id + " runs in "
                        + process.map(name -> "process " + name).orElse("the processor")
                        + "; './listing-sync replay show " + id + target.options() + "' shows how far it is");
    }
}
