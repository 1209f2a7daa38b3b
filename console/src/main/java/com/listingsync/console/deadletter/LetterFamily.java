package com.listingsync.console.deadletter;

/** Who wrote a dead letter. */
public enum LetterFamily {
    /** A service of ours. */
    LISTING_SYNC("listing-sync"),
    /** A Kafka Connect sink (KIP-298). */
    CONNECT("connect"),
    /** A Kafka Streams application (KIP-1034). */
    STREAMS("streams"),
    /** A Spring Kafka listener. */
    SPRING("spring"),
    /** Nobody whose headers we know. */
    UNKNOWN("unknown");

    private final String wireName;

    LetterFamily(String wireName) {
        this.wireName = wireName;
    }

    /** The lower-case name used in tables and JSON. */
    public String wireName() {
        return wireName;
    }
}
