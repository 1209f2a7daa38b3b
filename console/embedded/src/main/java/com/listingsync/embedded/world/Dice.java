package com.listingsync.embedded.world;

import java.util.List;

/**
 * A deterministic source of choices: the same seed, purpose and number always roll the same sequence (SplitMix64).
 * Confined to one thread.
 */
final class Dice {
    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** Dice for one purpose, such as "home", and one thing of it, such as the seventh. */
    static Dice of(long seed, String purpose, long number) {
        return new Dice(mix(mix(seed ^ ((long) purpose.hashCode() << 32)) + number * 0x9E3779B97F4A7C15L));
    }

    long next() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    /** At least 0, below {@code bound}. */
    int below(int bound) {
        return (int) Math.floorMod(next(), (long) bound);
    }

    /** Both ends included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    boolean perMille(int chance) {
        return below(1000) < chance;
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
