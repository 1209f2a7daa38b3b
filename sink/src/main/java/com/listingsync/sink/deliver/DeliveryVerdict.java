package com.listingsync.sink.deliver;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** What one request's answer means for its rows. Decided in {@link VerdictTable} and nowhere else. */
sealed interface DeliveryVerdict {

    /** Calls the function made for this case. */
    <T> T fold(
            Function<Delivered, T> delivered,
            Function<RetryLater, T> retryLater,
            Function<TooLarge, T> tooLarge,
            Function<Refused, T> refused,
            Function<Misconfigured, T> misconfigured);

    /** Short name for meters. */
    String label();

    /**
     * The transaction committed.
     *
     * @param written rows really written; the others were refused by the row guard as not newer. Empty when it was not counted
     * @param writtenIds ids of the rows written; empty when they were not asked for
     */
    record Delivered(OptionalInt written, Optional<Set<String>> writtenIds) implements DeliveryVerdict {

        public Delivered {
            Objects.requireNonNull(written, "written");
            Objects.requireNonNull(writtenIds, "writtenIds");
        }

        @Override
        public <T> T fold(
                Function<Delivered, T> delivered,
                Function<RetryLater, T> retryLater,
                Function<TooLarge, T> tooLarge,
                Function<Refused, T> refused,
                Function<Misconfigured, T> misconfigured) {
            return delivered.apply(this);
        }

        @Override
        public String label() {
            return "delivered";
        }
    }

    /**
     * Not now. The rows may have been written (an answer that never came) or not; sent again, either is right because of
     * the row guard.
     *
     * @param cause short and stable, for meters: a code, a status or the kind of failure
     * @param words what happened, for people
     * @param pause how long the server asks to be left alone; empty when it does not say
     * @param load whether it says that the server has too much to do rather than that it is not there
     */
    record RetryLater(String cause, String words, Optional<Duration> pause, Load load) implements DeliveryVerdict {

        /** What a request to come back later says about the server. */
        enum Load {
            /** It answers, and has too much to do: fewer requests at a time help. */
            OVERLOADED,
            /** It can't be reached or can't work: fewer requests do not help. */
            AWAY
        }

        public RetryLater {
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(pause, "pause");
            Objects.requireNonNull(load, "load");
        }

        @Override
        public <T> T fold(
                Function<Delivered, T> delivered,
                Function<RetryLater, T> retryLater,
                Function<TooLarge, T> tooLarge,
                Function<Refused, T> refused,
                Function<Misconfigured, T> misconfigured) {
            return retryLater.apply(this);
        }

        @Override
        public String label() {
            return "retry_later";
        }
    }

    /**
     * The batch was too much for the server: its halves are sent, and following batches are smaller. Nothing was written.
     *
     * @param cause a code or a status
     * @param refusal what a single row is refused with when it is too large by itself; empty when a single row may well fit
     *     later
     */
    record TooLarge(String cause, Optional<Refused> refusal) implements DeliveryVerdict {

        public TooLarge {
            Objects.requireNonNull(refusal, "refusal");
        }

        @Override
        public <T> T fold(
                Function<Delivered, T> delivered,
                Function<RetryLater, T> retryLater,
                Function<TooLarge, T> tooLarge,
                Function<Refused, T> refused,
                Function<Misconfigured, T> misconfigured) {
            return tooLarge.apply(this);
        }

        @Override
        public String label() {
            return "too_large";
        }
    }

    /**
     * At least one row is wrong; nothing of the batch was written. A batch of several rows is bisected, a single row is
     * dead-lettered.
     *
     * @param code SQLSTATE or PostgREST code, or the status of a gateway
     * @param message one sentence without any value of a row
     * @param column the column at fault; empty when the answer does not name one
     * @param status HTTP status
     */
    record Refused(String code, String message, Optional<String> column, int status) implements DeliveryVerdict {

        /** A row points to a row that is not there: it may still come. */
        private static final String FOREIGN_KEY = "23503";

        public Refused {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(column, "column");
        }

        /** Whether the row it points to may only be late. */
        boolean missesParent() {
            return code.equals(FOREIGN_KEY);
        }

        /** Two refusals are for one reason when they agree in this. */
        String reason() {
            return code + column.map(name -> " " + name).orElse("");
        }

        @Override
        public <T> T fold(
                Function<Delivered, T> delivered,
                Function<RetryLater, T> retryLater,
                Function<TooLarge, T> tooLarge,
                Function<Refused, T> refused,
                Function<Misconfigured, T> misconfigured) {
            return refused.apply(this);
        }

        @Override
        public String label() {
            return "refused";
        }
    }

    /**
     * Everything would fail: address, key, rights, tables or columns are not as they must be. Nothing is dead-lettered; the
     * sink waits and tries again until a person has mended it.
     *
     * @param cause a code or a status
     * @param words what is wrong and what to do, for people
     */
    record Misconfigured(String cause, String words) implements DeliveryVerdict {

        @Override
        public <T> T fold(
                Function<Delivered, T> delivered,
                Function<RetryLater, T> retryLater,
                Function<TooLarge, T> tooLarge,
                Function<Refused, T> refused,
                Function<Misconfigured, T> misconfigured) {
            return misconfigured.apply(this);
        }

        @Override
        public String label() {
            return "misconfigured";
        }
    }
}
