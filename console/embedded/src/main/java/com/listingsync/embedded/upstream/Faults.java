package com.listingsync.embedded.upstream;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;

/** Faults that a test has ordered for the requests to come; each is used once. Thread-safe. */
public final class Faults {
    private record Order(String pathPart, Fault fault) {}

    private final ArrayDeque<Order> orders = new ArrayDeque<>();

    /** The next requests, whatever they ask. */
    public void failNext(int requests, Fault fault) {
        failNext(requests, "", fault);
    }

    /** The next requests whose path contains {@code pathPart}, such as {@code /Media}. */
    public synchronized void failNext(int requests, String pathPart, Fault fault) {
        for (int i = 0; i < requests; i++) {
            orders.add(new Order(pathPart, fault));
        }
    }

    /** Cancels what was ordered and not used. */
    public synchronized void clear() {
        orders.clear();
    }

    /** Faults that were ordered and not used. */
    public synchronized int pending() {
        return orders.size();
    }

    synchronized Optional<Fault> take(String path) {
        for (Iterator<Order> each = orders.iterator(); each.hasNext(); ) {
            Order order = each.next();
            if (path.contains(order.pathPart())) {
                each.remove();
                return Optional.of(order.fault());
            }
        }
        return Optional.empty();
    }
}
