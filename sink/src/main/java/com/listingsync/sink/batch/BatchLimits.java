package com.listingsync.sink.batch;

/**
 * How large a batch may be.
 *
 * @param rows at least 1
 * @param bytes of the request body, at least 1; a row that is larger by itself travels alone
 */
public record BatchLimits(int rows, long bytes) {

    public BatchLimits {
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException("a batch holds at least one row and one byte");
        }
    }
}
