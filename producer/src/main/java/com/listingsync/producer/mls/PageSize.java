package com.listingsync.producer.mls;

/**
 * How many records to ask for: halved when a page proves too much for the server, grown back to what is configured as
 * pages arrive. Confined to one thread.
 */
final class PageSize {

    private static final int SMALLEST = 25;

    /** Pages in a row that must arrive before a larger one is tried again. */
    private static final int GROWS_AFTER = 10;

    private final int configured;
    private int current;
    private int arrived;

    PageSize(int configured) {
        this.configured = configured;
        this.current = configured;
    }

    /** A size for one reading: as many records as were asked for, but no more than this one has come to. */
    PageSize atMost(int wanted) {
        return new PageSize(Math.min(wanted, current));
    }

    int current() {
        return current;
    }

    /** Whether a smaller page can be asked for. */
    boolean canShrink() {
        return current > SMALLEST;
    }

    /** Notes that a page was too much; answers whether a smaller one can be asked for. */
    boolean shrink() {
        arrived = 0;
        if (!canShrink()) {
            return false;
        }
        current = Math.max(SMALLEST, current / 2);
        return true;
    }

    /** Notes that a page arrived. */
    void pageArrived() {
        arrived++;
        if (current < configured && arrived >= GROWS_AFTER) {
            current = Math.min(configured, current * 2);
            arrived = 0;
        }
    }
}
