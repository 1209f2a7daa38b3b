package com.listingsync.console.replay;

import com.listingsync.common.signal.Signal;
import com.listingsync.common.signal.SignalFollower;
import com.listingsync.common.signal.SignalTarget;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody has paused the sink. Whoever does wants nothing to be written to its project, so a replay into that project stands
 * still, too; one into another project does not. Thread-safe.
 */
final class SinkPause implements AutoCloseable {

    private final @Nullable SignalFollower signals;

    private SinkPause(@Nullable SignalFollower signals) {
        this.signals = signals;
    }

    /** Of a replay into the sink's project; contacts nobody before {@link #start()}. */
    static SinkPause followed(KafkaAccess access) {
        return new SinkPause(
                new SignalFollower(access.clientProperties(), access.topics().signals()));
    }

    /** Of a replay into another project. */
    static SinkPause ofNoConcern() {
        return new SinkPause(null);
    }

    /** Begins to follow, and waits until what stands is known. */
    void start() {
        if (signals != null) {
            signals.start();
            signals.awaitKnown();
        }
    }

    /** Who has paused it, since when and why, with what lets it go on; empty when it may write. */
    Optional<String> words() {
        Optional<Signal> pause =
                signals == null ? Optional.empty() : signals.now().holding(SignalTarget.SINK);
        return pause.map(signal -> signal.words() + "; './listing-sync resume sink' lets this go on, too");
    }

    @Override
    public void close() {
        if (signals != null) {
            signals.close();
        }
    }
}
