package com.listingsync.sink.batch;

/**
 * How many requests may be under way at a time: halved when the server shows that it is overloaded, one more after as many
 * successes as are allowed (additive increase, multiplicative decrease). Immutable.
 *
 * @param limit at present, 1 to {@code max}
 * @param max what was configured
 * @param successes since the limit last changed
 */
public record InFlight(int limit, int max, int successes) {

    public InFlight {
        if (limit < 1 || limit > max || successes < 0) {
            throw new IllegalArgumentException("requests in flight are 1 to " + max + "; found " + limit);
        }
    }

    /** The configured number. */
    public static InFlight full(int max) {
        return new InFlight(max, max, 0);
    }

    /** After an answer that says: too much. */
    public InFlight overloaded() {
        return new InFlight(Math.max(1, limit / 2), max, 0);
    }

    /** After a request that went well. */
    public InFlight succeeded() {
        if (limit == max) {
            return this;
        }
        return successes + 1 >= limit ? new InFlight(limit + 1, max, 0) : new InFlight(limit, max, successes + 1);
    }
}
