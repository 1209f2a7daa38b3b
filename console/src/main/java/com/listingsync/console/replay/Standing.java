package com.listingsync.console.replay;

import com.listingsync.console.replay.ReplaySign.State;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a replay that this process runs stands, and when others are told: at once when its state changes, and every second while it does
 * not. Changed by the replay's thread, asked by any.
 */
final class Standing {

    private static final long TOLD_EVERY_MILLIS = 1_000;

    private final InstantSource clock;
    private volatile ReplaySign sign;
    private long toldAt;

    Standing(InstantSource clock) {
        this.clock = clock;
        this.sign = of(State.PREPARING, null);
    }

    ReplaySign sign() {
        return sign;
    }

    /** It stands so, and nobody else can or shall be told. */
    void is(State state, @Nullable String why) {
        sign = of(state, why);
    }

    /** It stands so. */
    void tell(Consumer<ReplaySign> others, State state, @Nullable String why) {
        boolean changed = sign.state() != state;
        sign = of(state, why);
        if (changed || sign.at() - toldAt >= TOLD_EVERY_MILLIS) {
            toldAt = sign.at();
            others.accept(sign);
        }
    }

    /** It stands so from now on; that counts once it has been told. */
    void last(Consumer<ReplaySign> others, State state, @Nullable String why) {
        ReplaySign last = of(state, why);
        others.accept(last);
        sign = last;
    }

    private ReplaySign of(State state, @Nullable String why) {
        return new ReplaySign(state, why, clock.millis(), ThisProcess.name());
    }
}
