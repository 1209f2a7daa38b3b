package com.listingsync.embedded.postgrest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Faults that a test has ordered: for the next requests, or for all that match a rule until they are cleared. The first order that
 * matches wins. Thread-safe.
 */
public final class RestFaults {

    private static final int UNTIL_CLEARED = Integer.MAX_VALUE;

    /** A request as rules see it; {@code body} is UTF-8 text. */
    public record Seen(String method, String path, String body) {}

    private static final class Order {
        private final Predicate<Seen> rule;
        private final RestFault fault;
        private int left;

        Order(Predicate<Seen> rule, RestFault fault, int left) {
            this.rule = rule;
            this.fault = fault;
            this.left = left;
        }
    }

    private final List<Order> orders = new ArrayList<>();
    private CountDownLatch cleared = new CountDownLatch(1);

    /** The next requests, whatever they ask. */
    public synchronized void failNext(int requests, RestFault fault) {
        orders.add(new Order(request -> true, fault, requests));
    }

    /** The next requests that match. */
    public synchronized void failNext(int requests, Predicate<Seen> rule, RestFault fault) {
        orders.add(new Order(rule, fault, requests));
    }

    /** All requests that match, until {@link #clear}. */
    public synchronized void failAll(Predicate<Seen> rule, RestFault fault) {
        orders.add(new Order(rule, fault, UNTIL_CLEARED));
    }

    /** All requests, until {@link #clear}. */
    public void failAll(RestFault fault) {
        failAll(request -> true, fault);
    }

    /** Cancels every order and lets go of the requests that hang. */
    public synchronized void clear() {
        orders.clear();
        cleared.countDown();
        cleared = new CountDownLatch(1);
    }

    synchronized Optional<RestFault> take(RestRequest request) {
        if (orders.isEmpty()) {
            return Optional.empty();
        }
        Seen seen = new Seen(request.method(), request.path(), new String(request.body(), StandardCharsets.UTF_8));
        for (Iterator<Order> each = orders.iterator(); each.hasNext(); ) {
            Order order = each.next();
            if (order.rule.test(seen)) {
                if (order.left != UNTIL_CLEARED && --order.left == 0) {
                    each.remove();
                }
                return Optional.of(order.fault);
            }
        }
        return Optional.empty();
    }

    /** Returns when the faults are cleared, or after this long. */
    void await(Duration longest) {
        CountDownLatch latch;
        synchronized (this) {
            latch = cleared;
        }
        try {
            boolean ignored = latch.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // The server closes: whoever waits goes on at once.
            Thread.currentThread().interrupt();
        }
    }
}
