package com.listingsync.producer.upstream;

import com.listingsync.producer.connection.Limits;
import com.listingsync.producer.upstream.RequestWindow.Slot;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where every request of one connection passes, whichever feed makes it: so many a second, minute, hour and day, so many at
 * the same time, none while the server wants to be left alone. Thread-safe; callers block until they may go.
 */
final class Turnstile {

    /** A request that would have to wait longer fails its pass, which says so and is repeated on schedule. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** No limit counts for longer: a header that names another year is a slip, and nobody would ever ask again. */
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    /** Waiting threads look up this often: what they wait for may have changed. */
    private static final long LOOK_MILLIS = 200;

    private final List<RequestWindow> windows = new ArrayList<>();
    private final Pressure pressure;
    private final Clock clock;
    private final Lease lease;
    private int underWay;
    private long pausedUntil;
    private long refusedUntil;
    private @Nullable UpstreamException refusal;

    Turnstile(Limits limits, Clock clock) {
        add("second", limits.perSecond(), Duration.ofSeconds(1));
        add("minute", limits.perMinute(), Duration.ofMinutes(1));
        add("hour", limits.perHour(), Duration.ofHours(1));
        add("day", limits.perDay(), Duration.ofDays(1));
        this.pressure = new Pressure(limits.concurrency());
        this.clock = clock;
        this.lease = new Lease(windows);
    }

    List<RequestWindow> windows() {
        return windows;
    }

    /**
     * Waits for a permit; the caller gives it back with {@link #leave()}.
     *
     * @throws UpstreamException when no request may be made for a long while
     * @throws InterruptedException when the connection is being stopped
     */
    synchronized void enter() throws InterruptedException {
        while (true) {
            long now = clock.millis();
            if (refusal != null && now < refusedUntil) {
                throw refusal;
            }
            long wait = waitMillis(now);
            if (wait > LONGEST_WAIT.toMillis()) {
                throw new UpstreamException(
                        Kind.FINAL, problem().orElse("requests have to wait") + "; the next pass goes on", null);
            }
            if (wait <= 0 && underWay < pressure.concurrency()) {
                lease.spend(now, pausedUntil);
                windows.forEach(window -> window.take(1, now));
                underWay++;
                return;
            }
            wait(wait <= 0 ? LOOK_MILLIS : Math.min(wait, LOOK_MILLIS));
        }
    }

    synchronized void leave() {
        underWay--;
        Duration rest = pressure.rest();
        if (!rest.isZero()) {
            pausedUntil = Math.max(pausedUntil, clock.millis() + rest.toMillis());
        }
        notifyAll();
    }

    /** Notes the headers of an answer and how long they took. */
    synchronized void answered(long nanos, Function<String, @Nullable String> header) {
        pressure.answered(nanos);
        for (RequestWindow window : windows) {
            OptionalInt told = ServerQuota.limit(header, window.name());
            told.ifPresent(window::limitTo);
        }
        ServerQuota.exhausted(header, clock.instant()).ifPresent(this::pause);
    }

    /** Lets nobody through for this long, a day at most. */
    synchronized void pause(Duration wait) {
        Duration most = wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE;
        long until = clock.millis() + most.toMillis();
        if (until > pausedUntil) {
            pausedUntil = until;
            if (most.compareTo(Lease.SHORTEST) >= 0) {
                lease.write(clock.millis(), until);
            }
        }
    }

    /** Answers everybody with a refusal, without asking the server, for this long. */
    synchronized void refuse(Duration wait, UpstreamException with) {
        refusal = with;
        refusedUntil = clock.millis() + wait.toMillis();
    }

    /**
     * Remembers requests from now on, going on from what was kept last.
     *
     * @param last what {@code log} keeps; empty when nothing was ever kept
     */
    synchronized void remember(SpendingLog log, Optional<byte[]> last) {
        long now = clock.millis();
        Optional<Spending> spent = last.map(Spending::of);
        spent.ifPresent(spending -> {
            pausedUntil = Math.max(pausedUntil, Math.min(spending.pausedUntil(), now + LONGEST_PAUSE.toMillis()));
            for (RequestWindow window : windows) {
                List<Slot> slots = spending.windows().get(window.name());
                if (slots != null) {
                    window.restore(slots, now);
                }
            }
        });
        lease.keptIn(log);
    }

    /** Stops remembering, as when the connection goes to another producer. */
    synchronized void forget() {
        lease.keptIn(null);
    }

    /** Whether requests are worth remembering. */
    boolean remembers() {
        return lease.isNeeded();
    }

    /** Why no request is made now; empty when one may be. */
    synchronized Optional<String> problem() {
        long now = clock.millis();
        if (refusal != null && now < refusedUntil) {
            return Optional.of(refusal.getMessage() + "; asked again after " + time(refusedUntil));
        }
        if (pausedUntil > now) {
            return Optional.of("the source wants no request before " + time(pausedUntil));
        }
        return windows.stream()
                .filter(window -> window.left(now) == 0 && window.length().compareTo(Lease.SHORTEST) >= 0)
                .findFirst()
                .map(window -> "the " + window.limit() + " requests of the " + window.name() + " are used up until "
                        + time(now + window.waitMillis(now)));
    }

    /** What is left, in words. */
    synchronized String words() {
        long now = clock.millis();
        String left = windows.isEmpty()
                ? "no limit of requests"
                : windows.stream()
                        .map(window -> window.left(now) + " of " + window.limit() + " a " + window.name())
                        .collect(Collectors.joining(", ", "requests left: ", ""));
        return left + "; " + pressure.concurrency() + " at a time"
                + (pressure.heldBack() ? ", held back because the source has slowed down" : "");
    }

    synchronized int left(RequestWindow window) {
        return window.left(clock.millis());
    }

    synchronized int limit(RequestWindow window) {
        return window.limit();
    }

    synchronized int concurrency() {
        return pressure.concurrency();
    }

    private long waitMillis(long now) {
        long wait = pausedUntil - now;
        for (RequestWindow window : windows) {
            wait = Math.max(wait, window.waitMillis(now));
        }
        return wait;
    }

    private static String time(long millis) {
        return Instant.ofEpochSecond(Math.floorDiv(millis + 999, 1000)).toString();
    }

    private void add(String name, OptionalInt limit, Duration length) {
        limit.ifPresent(requests -> windows.add(new RequestWindow(name, requests, length)));
    }
}
