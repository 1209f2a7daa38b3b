package com.listingsync.embedded.mls;

import com.listingsync.embedded.world.Row;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A part of a filter: something that has a value, or something that is true or not. */
sealed interface Term {
    /**
     * A field, or a function of one.
     *
     * @param name the field's name; empty for a function
     */
    record Value(String name, Function<Row, @Nullable Object> of) implements Term {}

    /** A literal: String, BigDecimal, Boolean, Long (microseconds), LocalDate or null. */
    record Constant(@Nullable Object value) implements Term {}

    /**
     * A condition.
     *
     * @param span where rows that pass can be
     */
    record Test(Predicate<Row> passes, Span span) implements Term {}
}
