package com.listingsync.console.up;

import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.console.log.LogOutput;
import com.listingsync.console.run.FeedProgress;
import com.listingsync.console.run.RunJson;
import com.listingsync.console.run.RunText;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.Screen;
import com.listingsync.console.shell.Shell;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** One {@code up}, from its data folder to its end. Confined to the thread that calls {@link #run}. */
public final class Up {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final Duration READY_PATIENCE = Duration.ofSeconds(60);

    private final Shell shell;
    private final UpPlan plan;
    private final Screen screen;

    public Up(Shell shell, UpPlan plan) {
        this.shell = shell;
        this.plan = plan;
        this.screen = shell.remarks().screen();
    }

    /**
     * Starts everything, follows the first full run, and goes on until it is asked to stop or the plan is done.
     *
     * @return the exit code: 0 when asked to stop, or when the first run completed with nothing refused
     * @throws CommandFailure when a part fails
     * @throws com.listingsync.common.setting.SettingsException when the folder, a setting or a file can't be used
     */
    public int run() throws IOException, InterruptedException {
        try (DataFolder folder = DataFolder.open(plan.data())) {
            LogOutput.toFolder(folder.folder("logs"), screen::note);
            EmbeddedKafka.onFatal(words -> screen.note("Kafka gave up: " + words + "; is the disk full?"));
            shell.remarks().say("starting everything on " + folder.path() + " ...");
            try (Stack stack = new StackStart(plan, folder, shell.environment(), shell.stop()::isRequested).start()) {
                stack.endpoints().write(folder);
                print(stack.endpoints());
                return follow(stack);
            } catch (CancellationException e) {
                // Asked to stop while starting: what was started has been closed.
                return DONE;
            } finally {
                Endpoints.remove(folder);
                screen.clear();
            }
        }
    }

    private int follow(Stack stack) throws InterruptedException {
        if (!stack.awaitReady(READY_PATIENCE, shell.stop())) {
            return DONE;
        }
        try (RunsTail tail = RunsTail.open(stack.kafka())) {
            Optional<RunState> first = firstRun(stack, tail);
            if (first.isEmpty()) {
                return DONE;
            }
            report(first.get());
            if (plan.ending() == UpPlan.Ending.FIRST_RUN) {
                return first.get().status() == RunStatus.COMPLETED ? DONE : FAILED;
            }
            stack.samples().ifPresent(SampleUpstreams::startLiving);
            shell.remarks().say("running; Ctrl-C stops everything");
            new LaterRuns(shell, screen).follow(tail, stack);
            return DONE;
        }
    }

    private Optional<RunState> firstRun(Stack stack, RunsTail tail) {
        FeedProgress progress = new FeedProgress();
        FullRun run = new FullRun(stack, () -> !shell.stop().isRequested());
        Optional<RunState> ended = run.follow(tail, shell.clock().instant(), state -> {
            long now = shell.clock().millis();
            screen.draw(progress.lines(state, now), now);
        });
        screen.clear();
        return ended;
    }

    private void print(Endpoints endpoints) {
        if (plan.result() == UpPlan.Result.TABLE) {
            endpoints.lines().forEach(shell.out()::println);
        }
    }

    private void report(RunState run) {
        if (plan.result() == UpPlan.Result.JSON) {
            shell.out().println(RunJson.of(run).toPrettyString());
        } else {
            RunText.summary(run, shell.clock().millis()).forEach(shell.out()::println);
        }
    }
}
