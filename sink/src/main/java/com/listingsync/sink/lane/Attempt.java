package com.listingsync.sink.lane;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * How one attempt at an errand ended.
 *
 * @param <T> what the errand brings
 */
public sealed interface Attempt<T> {

    /** Calls the function made for this case. */
    <R> R fold(Function<Done<T>, R> done, Function<Again<T>, R> again);

    /**
     * It is decided; the lane lets the next one go.
     *
     * @param result what it brought
     */
    record Done<T>(T result) implements Attempt<T> {

        public Done {
            Objects.requireNonNull(result, "result");
        }

        @Override
        public <R> R fold(Function<Done<T>, R> onDone, Function<Again<T>, R> onAgain) {
            return onDone.apply(this);
        }
    }

    /**
     * Not now; the lane tries again until the errand's time is over.
     *
     * @param cause short and stable, for meters and headers: a code, a status or the kind of failure
     * @param words what happened, for people; no secret and no payload
     * @param pause how long the place asks to be left alone; empty when it does not say
     * @param trouble what it says about the place
     */
    record Again<T>(String cause, String words, Optional<Duration> pause, Trouble trouble) implements Attempt<T> {

        public Again {
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(trouble, "trouble");
            pause = pause.filter(wait -> !wait.isNegative() && !wait.isZero());
        }

        @Override
        public <R> R fold(Function<Done<T>, R> onDone, Function<Again<T>, R> onAgain) {
            return onAgain.apply(this);
        }
    }

    /** What an attempt that has to be repeated says about the place. */
    enum Trouble {
        /** It can't be reached or can't work: counts towards the circuit breaker. */
        AWAY,
        /** It answers, and has too much to do. */
        BUSY
    }
}
