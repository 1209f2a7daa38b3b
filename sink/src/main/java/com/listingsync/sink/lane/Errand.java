package com.listingsync.sink.lane;

/**
 * Something to be done at one place outside, as often as it takes.
 *
 * @param <T> what it brings
 */
public interface Errand<T> {

    /**
     * Does it once. Called on the lane's thread, which it may block; never throws for what the place or the network does.
     *
     * @param number 1 for the first attempt
     */
    Attempt<T> attempt(int number);

    /**
     * What it brings when its time was over before it went well.
     *
     * @param last the last attempt's end; when it never got its turn, what it waited for
     * @param attempts how often it was tried, counted as 1 when it never got its turn
     */
    T givenUp(Attempt.Again<T> last, int attempts);
}
