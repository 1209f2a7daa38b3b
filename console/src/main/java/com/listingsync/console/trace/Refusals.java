package com.listingsync.console.trace;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.console.trace.LogRecord.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dead letters by the record that was refused. Immutable. */
final class Refusals {

    private final Map<Place, LogRecord> byPlace = new HashMap<>();

    Refusals(List<LogRecord> records) {
        for (LogRecord letter : records) {
            if (letter.source() == LogRecord.Source.LETTERS) {
                place(letter).ifPresent(place -> byPlace.put(place, letter));
            }
        }
    }

    /** The dead letter of a record; empty when it has none. */
    Optional<LogRecord> of(LogRecord record) {
        return Optional.ofNullable(byPlace.get(record.place()));
    }

    /** {@code 22P02 of column list_price}. */
    static String cause(LogRecord letter) {
        return letter.header(DeadLetter.CODE).orElse("no code")
                + letter.header(DeadLetter.COLUMN)
                        .map(column -> " of column " + column)
                        .orElse("");
    }

    static String message(LogRecord letter) {
        return letter.header(DeadLetter.CONNECT_MESSAGE)
                .map(text -> ": " + text)
                .orElse("");
    }

    private static Optional<Place> place(LogRecord letter) {
        Optional<String> topic = letter.header(DeadLetter.CONNECT_TOPIC).or(() -> letter.header(DeadLetter.DLT_TOPIC));
        return topic.map(name -> new Place(
                name, (int) letter.number(DeadLetter.CONNECT_PARTITION), letter.number(DeadLetter.CONNECT_OFFSET)));
    }
}
