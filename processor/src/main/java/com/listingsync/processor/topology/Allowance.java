package com.listingsync.processor.topology;

/** How many records of a reprocess may be read: an equal share of its rate for each partition. Confined to the task's thread. */
final class Allowance {

    private static final double MILLIS_PER_SECOND = 1000;

    private final int partitions;

    /** Not negative, and never more than a second's share, however long nobody asked. */
    private double left;

    private long at;

    Allowance(int partitions) {
        this.partitions = partitions;
    }

    /**
     * The records that may be read at this time.
     *
     * @param rate records a second over all partitions; 0 sets no limit
     * @param nowMillis from any origin
     */
    long now(int rate, long nowMillis) {
        if (rate == 0) {
            return Long.MAX_VALUE;
        }
        double share = rate / (double) partitions;
        left = Math.min(Math.max(1, share), left + (nowMillis - at) * share / MILLIS_PER_SECOND);
        at = nowMillis;
        return (long) left;
    }

    /** So many have been read. */
    void spend(long records) {
        left = Math.max(0, left - records);
    }
}
