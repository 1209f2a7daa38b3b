package com.listingsync.embedded.mls;

import com.listingsync.embedded.upstream.LoopbackServer;
import com.listingsync.embedded.upstream.Quota;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How a sample MLS behaves.
 *
 * @param host under which clients reach it, see {@link LoopbackServer}
 * @param port 0 for any free one
 * @param maxPageSize rows of a page, however many {@code $top} asks for
 * @param tokenLifetime of tokens from the token endpoint; the two static tokens never expire
 * @param quota requests that the account may make; empty for any number
 * @param retryHeader how a 429 says when to come back
 * @param printedUnit what timestamps are printed in, cut off: seconds, milliseconds or microseconds, however finely the world
 *     stores them
 * @param clock decides when tokens expire and quotas begin anew
 */
public record MlsOptions(
        String host,
        int port,
        int maxPageSize,
        Duration tokenLifetime,
        Optional<Quota.Rule> quota,
        RetryHeader retryHeader,
        ChronoUnit printedUnit,
        Clock clock) {

    public MlsOptions {
        if (maxPageSize < 1) {
            throw new IllegalArgumentException("A page has 1 row or more, not " + maxPageSize);
        }
        if (printedUnit.compareTo(ChronoUnit.MICROS) < 0 || printedUnit.compareTo(ChronoUnit.SECONDS) > 0) {
            throw new IllegalArgumentException(
                    "Timestamps are printed in microseconds to seconds, not in " + printedUnit);
        }
    }

    /** A free port, pages of 1000 rows, tokens for eight hours as Trestle's, no quota. */
    public static MlsOptions defaults() {
        return new MlsOptions(
                LoopbackServer.LOOPBACK,
                0,
                1_000,
                Duration.ofHours(8),
                Optional.empty(),
                RetryHeader.SECONDS,
                ChronoUnit.SECONDS,
                Clock.systemUTC());
    }

    public MlsOptions withHost(String newHost) {
        return new MlsOptions(newHost, port, maxPageSize, tokenLifetime, quota, retryHeader, printedUnit, clock);
    }

    public MlsOptions withPort(int newPort) {
        return new MlsOptions(host, newPort, maxPageSize, tokenLifetime, quota, retryHeader, printedUnit, clock);
    }

    public MlsOptions withMaxPageSize(int rows) {
        return new MlsOptions(host, port, rows, tokenLifetime, quota, retryHeader, printedUnit, clock);
    }

    public MlsOptions withTokenLifetime(Duration lifetime) {
        return new MlsOptions(host, port, maxPageSize, lifetime, quota, retryHeader, printedUnit, clock);
    }

    public MlsOptions withQuota(int requests, Duration window, RetryHeader header) {
        return new MlsOptions(
                host,
                port,
                maxPageSize,
                tokenLifetime,
                Optional.of(new Quota.Rule(requests, window)),
                header,
                printedUnit,
                clock);
    }

    public MlsOptions withPrintedUnit(ChronoUnit unit) {
        return new MlsOptions(host, port, maxPageSize, tokenLifetime, quota, retryHeader, unit, clock);
    }

    public MlsOptions withClock(Clock newClock) {
        return new MlsOptions(host, port, maxPageSize, tokenLifetime, quota, retryHeader, printedUnit, newClock);
    }
}
