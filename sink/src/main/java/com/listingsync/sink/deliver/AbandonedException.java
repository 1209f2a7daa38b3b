package com.listingsync.sink.deliver;

/** Rows were abandoned before each was dealt with; they come again from their topic. */
public final class AbandonedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AbandonedException() {
        super("delivery was abandoned", null, false, false);
    }
}
