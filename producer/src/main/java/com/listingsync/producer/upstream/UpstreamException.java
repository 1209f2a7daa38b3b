package com.listingsync.producer.upstream;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trouble at a source. Its message is a sentence for people: it names the host and what it did, never a token, a query or
 * a payload. Nothing of the request took effect at the source, since we only read.
 */
public final class UpstreamException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Payload Too Large: only a smaller page helps. */
    private static final int TOO_LARGE = 413;

    /** What repeating the request would do. */
    public enum Kind {
        /** It may work: a timeout, a broken body, 5xx. */
        PASSING,
        /** As {@link #PASSING}, and a smaller page is likelier to work: a timeout or a 413. */
        TOO_MUCH,
        /** It will work after a while: 429. Says nothing about the server's health. */
        LIMITED,
        /** The token is not accepted, or no longer. */
        UNAUTHORIZED,
        /** It would be refused again: the request, the settings or the server must change. */
        FINAL
    }

    private final Kind kind;
    private final int status;
    private final @Nullable Duration wait;

    public UpstreamException(
            Kind kind, int status, @Nullable Duration wait, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.wait = wait;
    }

    /** Trouble without an HTTP status. */
    public UpstreamException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, 0, null, message, cause);
    }

    public Kind kind() {
        return kind;
    }

    /** The HTTP status; 0 when no answer came. */
    public int status() {
        return status;
    }

    /** How long the server asked us to wait; empty when it didn't say. */
    public Optional<Duration> requestedWait() {
        return Optional.ofNullable(wait);
    }

    /** Whether the very same request may work later. */
    public boolean retryable() {
        return kind == Kind.PASSING || kind == Kind.LIMITED || (kind == Kind.TOO_MUCH && status != TOO_LARGE);
    }
}
