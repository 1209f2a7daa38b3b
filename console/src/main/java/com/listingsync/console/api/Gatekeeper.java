package com.listingsync.console.api;

import com.listingsync.console.access.Caller;
import com.listingsync.console.access.FailureLimit;
import com.listingsync.console.access.KeyRing;
import com.listingsync.console.access.Role;
import com.listingsync.console.http.Call;
import com.listingsync.console.http.Problem;
import com.listingsync.console.openapi.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who makes a call and whether they may. Thread-safe.
 *
 * <p>While there are no keys, only this machine is served, and whoever is on it may do what they could do at the command line.
 * A browser on it also carries out what pages from elsewhere ask of it, so then a call must name this machine as its host (a
 * name of somebody else's that leads here is DNS rebinding), and what changes anything must not come from another origin.
 */
final class Gatekeeper {

    private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);

    private final KeyRing keys;
    private final FailureLimit failures;

    Gatekeeper(KeyRing keys, FailureLimit failures) {
        this.keys = keys;
        this.failures = failures;
    }

    /**
     * Who makes the call.
     *
     * @throws Problem (401, 403, 429) when they may not
     */
    Caller admit(Call call, Operation operation) {
        requireOwnOrigin(call);
        if (!keys.inUse()) {
            requireOwnHost(call);
        }
        return switch (operation.guard()) {
            case NONE, OWN_PROOF -> Caller.NOBODY;
            case VIEWER -> known(call, Role.VIEWER);
            case OPERATOR -> known(call, Role.OPERATOR);
        };
    }

    /**
     * Whether a wrong proof may be shown from this address.
     *
     * @throws Problem (429) when too many were
     */
    void requirePatience(String address) {
        Duration wait = failures.wait(address);
        if (!wait.isZero()) {
            throw tooMany(wait);
        }
    }

    /** Notes a wrong proof; answers with what its sender is told. */
    Problem wrong(Call call, String what) {
        failures.failed(call.remoteAddress());
        LOG.atWarn()
                .addKeyValue("address", call.remoteAddress())
                .addKeyValue("path", call.path())
                .log("a call with a wrong key was refused");
        return Problem.of(401, what).with("www-authenticate", "Bearer realm=\"listing-sync\"");
    }

    private Caller known(Call call, Role needed) {
        if (!keys.inUse()) {
            return Caller.LOCAL;
        }
        Optional<String> token = call.bearer();
        if (token.isEmpty()) {
            throw Problem.of(401, "expected 'Authorization: Bearer KEY'; './listing-sync api-keys add' makes a key")
                    .with("www-authenticate", "Bearer realm=\"listing-sync\"");
        }
        Optional<Caller> holder = keys.holder(token.get());
        if (holder.isEmpty()) {
            // A right key passes whatever happened before: 256 bits are not guessed, and nobody locks others out.
            requirePatience(call.remoteAddress());
            throw wrong(call, "this key opens nothing here; it is wrong, or it was revoked");
        }
        if (!holder.get().role().covers(needed)) {
            throw Problem.of(
                    403,
                    "the key '" + holder.get().name() + "' is a "
                            + holder.get().role().wireName() + "'s; this needs an " + needed.wireName() + "'s");
        }
        return holder.get();
    }

    private static void requireOwnHost(Call call) {
        String host = call.header("host").orElse("");
        String name = host.startsWith("[") ? host.replaceAll("\\].*", "]") : host.replaceAll(":\\d*$", "");
        boolean own = name.equalsIgnoreCase("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
        if (!own) {
            throw Problem.of(
                    403,
                    "without API keys the console answers only to localhost and 127.0.0.1 as its host; "
                            + "'./listing-sync api-keys add' makes a key");
        }
    }

    private static void requireOwnOrigin(Call call) {
        if (!call.mayChange()) {
            return;
        }
        Optional<String> origin = call.header("origin");
        boolean foreign = origin.isPresent()
                && !authority(origin.get()).equalsIgnoreCase(call.header("host").orElse(""));
        String site = call.header("sec-fetch-site").orElse("none").toLowerCase(Locale.ROOT);
        if (foreign || !(site.equals("none") || site.equals("same-origin"))) {
            throw Problem.of(403, "a page of another origin can't ask for this");
        }
    }

    private static String authority(String origin) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null ? "null" : authority;
        } catch (IllegalArgumentException e) {
            // No origin that could be ours.
            return "null";
        }
    }

    private static Problem tooMany(Duration wait) {
        return Problem.of(
                        429,
                        "too many wrong keys came from this address; try again in " + (wait.toSeconds() + 1) + " s")
                .with("retry-after", Long.toString(wait.toSeconds() + 1));
    }
}
