package com.listingsync.console.up;

import java.nio.file.Path;

/**
 * What one {@code up} is asked to be.
 *
 * @param data the data folder
 * @param ports where the parts listen
 * @param upstreams what it reads from
 * @param ending when it ends
 * @param result how the first run's result is printed
 */
public record UpPlan(Path data, Ports ports, Upstreams upstreams, Ending ending, Result result) {

    /** When an {@code up} ends. */
    public enum Ending {
        /** After the first run. */
        FIRST_RUN,
        /** When it is asked to stop. */
        STOP_SIGNAL
    }

    /** How the first run's result is printed. */
    public enum Result {
        /** A table for people, with the addresses before it. */
        TABLE,
        /** One JSON object, and nothing else, on the output stream. */
        JSON
    }
}
