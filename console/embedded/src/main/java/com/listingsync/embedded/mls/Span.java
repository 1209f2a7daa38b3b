package com.listingsync.embedded.mls;

/**
 * The part of an index outside of which no row can pass a filter. It may be wider than the filter, never narrower.
 *
 * @param from no row before this moment passes, in microseconds
 * @param after of the rows of exactly {@code from}, none up to and with this key passes
 * @param to no row after this moment passes
 * @param keyAfter no row up to and with this key passes; empty for no bound
 */
record Span(long from, String after, long to, String keyAfter) {
    static final Span ALL = new Span(Long.MIN_VALUE, "", Long.MAX_VALUE, "");

    static Span times(long from, long to) {
        return new Span(from, "", to, "");
    }

    static Span keysAfter(String key) {
        return new Span(Long.MIN_VALUE, "", Long.MAX_VALUE, key);
    }

    Span and(Span other) {
        Span later = from >= other.from ? this : other;
        String start = from == other.from ? max(after, other.after) : later.after;
        long end = Math.min(to, other.to);
        String key = max(keyAfter, other.keyAfter);
        // Within one moment the index is in key order, so the bound on keys says where to start.
        return new Span(later.from, later.from == end ? max(start, key) : start, end, key);
    }

    Span or(Span other) {
        Span earlier = from <= other.from ? this : other;
        String start = from == other.from ? min(after, other.after) : earlier.after;
        return new Span(earlier.from, start, Math.max(to, other.to), min(keyAfter, other.keyAfter));
    }

    private static String max(String one, String other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String min(String one, String other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
