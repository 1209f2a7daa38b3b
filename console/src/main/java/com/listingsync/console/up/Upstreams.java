package com.listingsync.console.up;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** What an {@code up} reads from. */
public sealed interface Upstreams {

    /** Calls the function made for this case. */
    <T> T fold(Function<Sample, T> sample, Function<Real, T> real);

    /**
     * The sample MLS and spreadsheet, started beside the rest.
     *
     * @param seed decides everything about the sample; empty for what the data folder holds
     * @param listings how many listings it has at its start; empty for what the data folder holds
     */
    record Sample(OptionalLong seed, OptionalInt listings) implements Upstreams {
        @Override
        public <T> T fold(Function<Sample, T> sample, Function<Real, T> real) {
            return sample.apply(this);
        }
    }

    /**
     * Real ones.
     *
     * @param connections the connections file that names them
     */
    record Real(Path connections) implements Upstreams {
        @Override
        public <T> T fold(Function<Sample, T> sample, Function<Real, T> real) {
            return real.apply(this);
        }
    }
}
