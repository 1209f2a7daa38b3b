package com.listingsync.common.mapping;

import java.util.Locale;
import java.util.Optional;

/** What a column holds, as JSON carries it to PostgREST. */
public enum ColumnType {
    /** Any text. */
    TEXT,
    /** A whole number that fits 64 bits; {@code 12.0} is one. */
    INTEGER,
    /** A number of any precision, never rounded. */
    DECIMAL,
    /** True or false. */
    BOOLEAN,
    /** A calendar day, {@code 2026-11-22}. */
    DATE,
    /** A moment, ISO 8601 with offset; one without a zone is taken as UTC. */
    TIMESTAMP,
    /** Any JSON value as it is. */
    JSON,
    /** A list of texts; a single text is a list of one. */
    TEXT_ARRAY;

    /** The lower-case name used in mapping files. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with this wire name; empty when there is none. */
    public static Optional<ColumnType> of(String wireName) {
        for (ColumnType type : values()) {
            if (type.wireName().equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
