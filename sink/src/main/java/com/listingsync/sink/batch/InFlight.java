package com.listingsync.sink.batch;

/**
 * How many requests may be under way at a time. Immutable.
 *
 * <p>It follows what the server shows. Overloaded in words: half. Otherwise by the number of requests that stand in the server's own
 * queue, estimated as TCP Vegas does (Brakmo and Peterson, 1995): of {@code limit} requests that take {@code took} each where one
 * alone would take {@code best}, the share {@code 1 - best/took} waits. Fewer than {@link #FEW} waiting: more requests would be
 * served sooner. More than {@link #MANY}: they only wait.
 *
 * @param limit at present, 1 to {@code max}
 * @param max what was configured
 * @param successes since the limit was last looked at; only those that found every place taken say anything
 * @param waiting sum of what these estimated to be waiting
 */
public record InFlight(int limit, int max, int successes, double waiting) {

    /** Batches of 500 with 4 in flight saturate PostgreSQL on two cores (design.md §9): where to begin. */
    private static final int FIRST = 4;

    private static final double IDLE = 1;
    private static final double FEW = 3;
    private static final double MANY = 6;

    public InFlight {
        if (limit < 1 || limit > max || successes < 0) {
            throw new IllegalArgumentException("requests in flight are 1 to " + max + "; found " + limit);
        }
    }

    /** Before anything is known of the server. */
    public static InFlight first(int max) {
        return at(Math.min(FIRST, max), max);
    }

    /** After an answer that says: too much. */
    public InFlight overloaded() {
        return at(Math.max(1, limit / 2), max);
    }

    /**
     * After a request that went well while every place was taken.
     *
     * @param share of its time that it waited in the server, 0 to 1
     */
    public InFlight succeeded(double share) {
        double sum = waiting + share * limit;
        if (successes + 1 < limit) {
            return new InFlight(limit, max, successes + 1, sum);
        }
        double queue = sum / (successes + 1);
        if (queue < IDLE) {
            return at(Math.min(max, limit + Math.max(1, limit / 2)), max);
        }
        if (queue < FEW) {
            return at(Math.min(max, limit + 1), max);
        }
        return at(queue > MANY ? Math.max(1, limit - 1) : limit, max);
    }

    private static InFlight at(int limit, int max) {
        return new InFlight(limit, max, 0, 0);
    }
}
