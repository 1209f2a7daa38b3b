package com.listingsync.producer.source;

/**
 * One thing seen at a source.
 *
 * @param what it is about, such as {@code token}
 * @param sort how it is
 * @param words what was seen; never a secret
 * @param fix what to do about it; empty when nothing need be done
 */
public record Observation(String what, Sort sort, String words, String fix) {

    /** How an observation is. */
    public enum Sort {
        GOOD,
        WARNING,
        BAD
    }

    public static Observation good(String what, String words) {
        return new Observation(what, Sort.GOOD, words, "");
    }

    public static Observation warning(String what, String words, String fix) {
        return new Observation(what, Sort.WARNING, words, fix);
    }

    public static Observation bad(String what, String words, String fix) {
        return new Observation(what, Sort.BAD, words, fix);
    }
}
