package com.listingsync.embedded.sheets;

import com.listingsync.embedded.upstream.Quota;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How a sample spreadsheet behaves.
 *
 * @param port 0 for any free one
 * @param quota reads of the spreadsheet that are allowed; empty for any number
 * @param clock decides when tokens expire and quotas begin anew
 */
public record SheetsOptions(int port, Duration tokenLifetime, Optional<Quota.Rule> quota, Clock clock) {
    /** A free port, tokens for an hour as Google's, no quota. */
    public static SheetsOptions defaults() {
        return new SheetsOptions(0, Duration.ofHours(1), Optional.empty(), Clock.systemUTC());
    }

    public SheetsOptions withPort(int newPort) {
        return new SheetsOptions(newPort, tokenLifetime, quota, clock);
    }

    public SheetsOptions withTokenLifetime(Duration lifetime) {
        return new SheetsOptions(port, lifetime, quota, clock);
    }

    public SheetsOptions withQuota(int requests, Duration window) {
        return new SheetsOptions(port, tokenLifetime, Optional.of(new Quota.Rule(requests, window)), clock);
    }

    public SheetsOptions withClock(Clock newClock) {
        return new SheetsOptions(port, tokenLifetime, quota, newClock);
    }
}
