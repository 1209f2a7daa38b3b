package com.listingsync.sink.post;

import com.listingsync.sink.lane.Attempt.Trouble;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What a platform's answer to a deletion means for the post. */
sealed interface PlatformVerdict {

    /** Calls the function made for this case. */
    <T> T fold(
            Function<Deleted, T> deleted,
            Function<Gone, T> gone,
            Function<Unclear, T> unclear,
            Function<Later, T> later,
            Function<Refused, T> refused);

    /** Short name for meters. */
    String label();

    /** It was there and is not any more; the post is taken down. */
    record Deleted() implements PlatformVerdict {
        @Override
        public <T> T fold(
                Function<Deleted, T> deleted,
                Function<Gone, T> gone,
                Function<Unclear, T> unclear,
                Function<Later, T> later,
                Function<Refused, T> refused) {
            return deleted.apply(this);
        }

        @Override
        public String label() {
            return "deleted";
        }
    }

    /** It was not there; the post counts as taken down. */
    record Gone() implements PlatformVerdict {
        @Override
        public <T> T fold(
                Function<Deleted, T> deleted,
                Function<Gone, T> gone,
                Function<Unclear, T> unclear,
                Function<Later, T> later,
                Function<Refused, T> refused) {
            return gone.apply(this);
        }

        @Override
        public String label() {
            return "gone";
        }
    }

    /** It is not there, or may not be deleted, and the platform does not say which: one look at it tells. */
    record Unclear() implements PlatformVerdict {
        @Override
        public <T> T fold(
                Function<Deleted, T> deleted,
                Function<Gone, T> gone,
                Function<Unclear, T> unclear,
                Function<Later, T> later,
                Function<Refused, T> refused) {
            return unclear.apply(this);
        }

        @Override
        public String label() {
            return "unclear";
        }
    }

    /**
     * Not now; it is tried again. Whether it was deleted may not be known, and does not matter: then it is gone next time.
     *
     * @param cause short and stable
     * @param words what happened, for people
     * @param pause how long the platform asks to be left alone; empty when it does not say
     * @param trouble what it says about the platform
     */
    record Later(String cause, String words, Optional<Duration> pause, Trouble trouble) implements PlatformVerdict {

        public Later {
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(pause, "pause");
            Objects.requireNonNull(trouble, "trouble");
        }

        @Override
        public <T> T fold(
                Function<Deleted, T> deleted,
                Function<Gone, T> gone,
                Function<Unclear, T> unclear,
                Function<Later, T> later,
                Function<Refused, T> refused) {
            return later.apply(this);
        }

        @Override
        public String label() {
            return "later";
        }
    }

    /**
     * It stays up whatever we do; a person has to look.
     *
     * @param cause short and stable
     * @param words why, and what to do, for people
     * @param status HTTP status
     * @param fault what has to be mended
     */
    record Refused(String cause, String words, int status, Fault fault) implements PlatformVerdict {

        public Refused {
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(fault, "fault");
        }

        @Override
        public <T> T fold(
                Function<Deleted, T> deleted,
                Function<Gone, T> gone,
                Function<Unclear, T> unclear,
                Function<Later, T> later,
                Function<Refused, T> refused) {
            return refused.apply(this);
        }

        @Override
        public String label() {
            return "refused";
        }
    }

    /** What a refusal is about. */
    enum Fault {
        /** The one post. */
        POST,
        /** The owner's account at the platform: its other posts would be refused too. */
        ACCOUNT
    }
}
