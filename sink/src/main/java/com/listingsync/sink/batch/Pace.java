package com.listingsync.sink.batch;

/**
 * How long the server takes for a full batch of one table when it has nothing else to do: the shortest time seen, slowly forgotten,
 * so that a server that has become slower for good is not taken to be overloaded for ever. Immutable.
 *
 * @param bestNanos the shortest time; 0 when nothing is known
 * @param rows of the batches it was seen with; smaller ones say nothing
 */
public record Pace(long bestNanos, int rows) {

    public static final Pace UNKNOWN = new Pace(0, 0);

    /** Of the distance to the present time, per answer: after some hundred answers only the present counts. */
    private static final double FORGOTTEN = 0.01;

    /** A batch with this share of the rows is as good as a full one. */
    private static final double FULL = 0.8;

    /** Whether a batch of this many rows says anything about the pace. */
    public boolean comparable(int batchRows) {
        return batchRows > 0 && batchRows >= rows * FULL;
    }

    /** After a comparable batch. */
    public Pace after(int batchRows, long tookNanos) {
        if (bestNanos == 0 || batchRows * FULL > rows) {
            // Larger than any before: what is known is of smaller ones.
            return new Pace(tookNanos, batchRows);
        }
        long best = Math.min(tookNanos, bestNanos + (long) ((tookNanos - bestNanos) * FORGOTTEN));
        return new Pace(best, Math.max(rows, batchRows));
    }

    /** The share of its time that a request which took this long has waited, 0 to 1. */
    public double waitingShare(long tookNanos) {
        return tookNanos <= bestNanos ? 0 : 1 - (double) bestNanos / tookNanos;
    }
}
