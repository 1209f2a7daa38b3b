package com.listingsync.common.trace;

/**
 * Which records are followed, by OpenTelemetry's own names. A record's trace begins in the producer, where it has no parent, and
 * everybody after it obeys its header; so {@code parentbased_…} says the same as the rest of its name.
 */
public enum TraceSampler {
    ALWAYS_ON,
    ALWAYS_OFF,
    TRACEIDRATIO,
    PARENTBASED_ALWAYS_ON,
    PARENTBASED_ALWAYS_OFF,
    PARENTBASED_TRACEIDRATIO;

    /** The share of records that are followed, from 0 to 1. */
    double share(double ratio) {
        return switch (this) {
            case ALWAYS_ON, PARENTBASED_ALWAYS_ON -> 1;
            case ALWAYS_OFF, PARENTBASED_ALWAYS_OFF -> 0;
            case TRACEIDRATIO, PARENTBASED_TRACEIDRATIO -> ratio;
        };
    }
}
