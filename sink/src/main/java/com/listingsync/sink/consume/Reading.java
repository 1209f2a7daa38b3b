package com.listingsync.sink.consume;

import com.listingsync.sink.batch.Account;
import com.listingsync.sink.batch.Row;
import java.util.Optional;
import java.util.function.Function;

/** A record as {@link RowReader} understands it. */
sealed interface Reading {

    /** Calls the function made for this case. */
    <T> T fold(
            Function<Understood, T> understood, Function<Unreadable, T> unreadable, Function<LeftOut, T> leftOut);

    /** It is a row, and goes on. */
    record Understood(Row row) implements Reading {
        @Override
        public <T> T fold(
            Function<Understood, T> understood, Function<Unreadable, T> unreadable, Function<LeftOut, T> leftOut) {
            return understood.apply(this);
        }
    }

    /**
     * It is none, and becomes a dead letter.
     *
     * @param place index of its record in its poll
     * @param code of the dead letter
     * @param message one sentence, without any value of the record
     * @param account whose books it is counted in; empty when its headers don't say
     */
    record Unreadable(int place, String code, String message, Optional<Account> account) implements Reading {
        @Override
        public <T> T fold(
            Function<Understood, T> understood, Function<Unreadable, T> unreadable, Function<LeftOut, T> leftOut) {
            return unreadable.apply(this);
        }
    }

    /**
     * It is a row of a listing that is not this sync's yet: counted, and passed by.
     *
     * @param table its table
     * @param account whose books it is counted in; empty for a row that no fetched record waits for
     */
    record LeftOut(String table, Optional<Account> account) implements Reading {
        @Override
        public <T> T fold(
                Function<Understood, T> understood, Function<Unreadable, T> unreadable, Function<LeftOut, T> leftOut) {
            return leftOut.apply(this);
        }
    }
}
