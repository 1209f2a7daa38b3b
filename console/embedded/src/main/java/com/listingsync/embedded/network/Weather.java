package com.listingsync.embedded.network;

import java.time.Duration;

/**
 * What the network does to what passes it. Immutable.
 *
 * @param kind what becomes of bytes
 * @param latency added to each answer
 * @param bytes of an answer that still arrive when it is truncated
 */
public record Weather(Kind kind, Duration latency, int bytes) {

    /** What becomes of bytes. */
    public enum Kind {
        /** They arrive. */
        FAIR,
        /** A connection ends with a reset at its first byte; nothing arrives. */
        RESET,
        /** Connections are taken and nothing arrives, ever. */
        BLACKHOLE,
        /** Requests arrive; answers don't, the connection is reset in their place: an unknown outcome. */
        ANSWERS_RESET,
        /** Requests arrive; of an answer only the first bytes do, then the connection ends in good order. */
        ANSWERS_TRUNCATED,
        /** Requests and answers arrive, and each connection ends right after its first answer, unannounced. */
        CLOSED_AFTER_ANSWER
    }

    public static final Weather FAIR = new Weather(Kind.FAIR, Duration.ZERO, 0);

    public static Weather of(Kind kind) {
        return new Weather(kind, Duration.ZERO, 0);
    }

    /** Fair, but each answer takes this much longer. */
    public static Weather latency(Duration latency) {
        return new Weather(Kind.FAIR, latency, 0);
    }

    /** Answers end after this many bytes. */
    public static Weather truncated(int bytes) {
        return new Weather(Kind.ANSWERS_TRUNCATED, Duration.ZERO, bytes);
    }
}
