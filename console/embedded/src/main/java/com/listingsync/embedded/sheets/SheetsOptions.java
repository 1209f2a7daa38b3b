package com.listingsync.embedded.sheets;

import com.listingsync.embedded.upstream.LoopbackServer;
import com.listingsync.embedded.upstream.Quota;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How a sample spreadsheet behaves.
 *
 * @param host under which clients reach it, see {@link LoopbackServer}
 * @param port 0 for any free one
 * @param key of its service account
 * @param quota reads of the spreadsheet that are allowed; empty for any number
 * @param clock decides when tokens expire and quotas begin anew
 */
public record SheetsOptions(
        String host, int port, Key key, Duration tokenLifetime, Optional<Quota.Rule> quota, Clock clock) {

    /** Whose key a server's service account has. */
    public enum Key {
        /** One made for this server alone. */
        OWN,
        /** One that all such servers of this process have: to make one takes a second. */
        SHARED
    }

    /** A free port, tokens for an hour as Google's, no quota. */
    public static SheetsOptions defaults() {
        return new SheetsOptions(
                LoopbackServer.LOOPBACK, 0, Key.OWN, Duration.ofHours(1), Optional.empty(), Clock.systemUTC());
    }

    public SheetsOptions withHost(String newHost) {
        return new SheetsOptions(newHost, port, key, tokenLifetime, quota, clock);
    }

    public SheetsOptions withPort(int newPort) {
        return new SheetsOptions(host, newPort, key, tokenLifetime, quota, clock);
    }

    public SheetsOptions withSharedKey() {
        return new SheetsOptions(host, port, Key.SHARED, tokenLifetime, quota, clock);
    }

    public SheetsOptions withTokenLifetime(Duration lifetime) {
        return new SheetsOptions(host, port, key, lifetime, quota, clock);
    }

    public SheetsOptions withQuota(int requests, Duration window) {
        return new SheetsOptions(host, port, key, tokenLifetime, Optional.of(new Quota.Rule(requests, window)), clock);
    }

    public SheetsOptions withClock(Clock newClock) {
        return new SheetsOptions(host, port, key, tokenLifetime, quota, newClock);
    }
}
