package com.listingsync.console.run;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.run.RunState;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.Screen;
import com.listingsync.console.shell.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows a run to a person who waits for its end. Confined to one thread. */
public final class RunFollowing implements AutoCloseable {

    private static final long LOOK_FOR_PRODUCERS = Duration.ofSeconds(5).toMillis();

    /** A producer that died is replaced within 10 s, if there is another. */
    private static final long WITHOUT_PRODUCER = Duration.ofSeconds(20).toMillis();

    private final Shell shell;
    private final RunsTail tail;
    private final ProducerGroup producers;
    private final Screen screen;
    private final FeedProgress progress = new FeedProgress();
    private long lookedAt;
    private @Nullable Long unownedSince;

    public RunFollowing(Shell shell, KafkaAccess access, RunsTail tail) {
        this.shell = shell;
        this.tail = tail;
        this.producers = new ProducerGroup(access);
        this.screen = shell.remarks().screen();
    }

    /**
     * Follows a run to its end.
     *
     * @return the ended run; empty when the person has had enough
     * @throws CommandFailure when no producer is left that could go on with it
     */
    public Optional<RunState> toEnd(String run) {
        QuietRun quiet = new QuietRun(now());
        lookedAt = now();
        try {
            return new RunWatch(tail)
                    .untilEnd(
                            run,
                            () -> {
                                quiet.note(run, now()).ifPresent(screen::note);
                                return !shell.stop().isRequested();
                            },
                            state -> {
                                quiet.saw(state, now());
                                requireProducers(state);
                                screen.draw(progress.lines(state, now()), now());
                            });
        } finally {
            screen.clear();
        }
    }

    @Override
    public void close() {
        producers.close();
    }

    private void requireProducers(RunState state) {
        long now = now();
        if (now - lookedAt < LOOK_FOR_PRODUCERS) {
            return;
        }
        lookedAt = now;
        List<String> unowned = producers.unownedNow(unread(state));
        if (unowned.isEmpty()) {
            unownedSince = null;
        } else if (unownedSince == null) {
            unownedSince = now;
        } else if (now - unownedSince >= WITHOUT_PRODUCER) {
            throw new CommandFailure("no producer answers any more for " + String.join(", ", unowned) + "; run "
                    + state.run() + " goes on when one is started");
        }
    }

    private static List<String> unread(RunState state) {
        return List.copyOf(state.feeds().entrySet().stream()
                .filter(feed -> !feed.getValue().isFinished())
                .map(feed -> feed.getKey().substring(0, feed.getKey().indexOf('/')))
                .filter(connection -> !connection.equals(ReprocessRequest.CONNECTION))
                .collect(Collectors.toSet()));
    }

    private long now() {
        return shell.clock().millis();
    }
}
