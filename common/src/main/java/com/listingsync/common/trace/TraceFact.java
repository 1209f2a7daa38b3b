package com.listingsync.common.trace;

/**
 * What a span may say, all of it: names, counts and codes of ours, and the listing key. Never a payload, a column's value, an
 * address or any other key, so that a collector need not be trusted with more than Kafka's offsets.
 */
public enum TraceFact {
    CONNECTION("listings.connection"),
    FEED("listings.feed"),
    RUN("listings.run"),
    ENTITY("listings.entity"),
    LISTING("listings.listing"),
    TABLE("listings.table"),
    /** What became of a source record in the processor, as in its meter. */
    OUTCOME("listings.outcome"),
    /** Records of a page, or rows of a batch. */
    SIZE("listings.size"),
    /** What a request's answer meant, as in the sink's meter. */
    VERDICT("listings.verdict"),
    /** The code of a refusal or of a trouble. */
    CAUSE("listings.cause");

    private final String attribute;

    TraceFact(String attribute) {
        this.attribute = attribute;
    }

    String attribute() {
        return attribute;
    }
}
