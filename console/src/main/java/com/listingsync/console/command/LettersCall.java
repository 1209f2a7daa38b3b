package com.listingsync.console.command;

import com.listingsync.common.topic.Topics;
import com.listingsync.console.deadletter.DeadLetters;
import com.listingsync.console.deadletter.LetterFilter;
import com.listingsync.console.deadletter.LetterState;
import com.listingsync.console.deadletter.Redrive;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.ProgressBar;
import com.listingsync.console.shell.Shell;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** What every command about dead letters begins with: where they are, and which. Confined to the main thread. */
final class LettersCall implements AutoCloseable {

    private final Shell shell;
    private final KafkaAccess access;
    private final int replayLimit;
    private final LetterOptions options;
    private final ProgressBar bar;

    LettersCall(Shell shell, Target target, LetterOptions options, String doing) {
        Map<String, String> environment = target.environment(shell);
        this.shell = shell;
        this.access = KafkaAccess.of(environment);
        this.replayLimit = LetterOptions.replayLimit(environment);
        this.options = options;
        this.bar = shell.remarks().bar(doing);
    }

    Topics topics() {
        return access.topics();
    }

    DeadLetters letters() {
        return new DeadLetters(access, replayLimit);
    }

    /** A redrive that Ctrl-C stops between two letters. */
    Redrive redrive() {
        return new Redrive(access, replayLimit, shell.clock(), shell.stop()::await);
    }

    /** The selection; those that wait for a person where neither state nor letter was named. */
    LetterFilter waiting() {
        return selected(EnumSet.of(LetterState.OPEN, LetterState.PARKED));
    }

    /** The selection; in these states where neither state nor letter was named. */
    LetterFilter selected(Set<LetterState> otherwise) {
        LetterFilter filter = options.filter(topics(), shell.clock());
        return options.anyState() ? filter.inStates(otherwise) : filter;
    }

    LongConsumer progress() {
        return count -> bar.at(count, 0, shell.clock().millis());
    }

    @Override
    public void close() {
        bar.close();
    }
}
