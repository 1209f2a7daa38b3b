package com.listingsync.producer.upstream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * So many requests in any stretch of so much time, whichever way the server cuts its own: counts are kept by sixtieth of the
 * window and fall out of it whole, one sixtieth later than they might. Times are milliseconds since 1970. Not thread-safe.
 */
final class RequestWindow {

    private static final int SLOTS = 60;

    private final String name;
    private final Duration length;
    private final long slotMillis;
    private final Deque<Slot> slots = new ArrayDeque<>();
    private int limit;
    private int used;

    /**
     * Requests of one part of the window.
     *
     * @param at its beginning
     * @param requests how many; may be zero
     */
    record Slot(long at, int requests) {}

    /**
     * @param name such as {@code hour}
     * @param limit requests allowed, at least 1
     */
    RequestWindow(String name, int limit, Duration length) {
        this.name = name;
        this.limit = limit;
        this.length = length;
        this.slotMillis = Math.max(1, length.toMillis() / SLOTS);
    }

    String name() {
        return name;
    }

    Duration length() {
        return length;
    }

    int limit() {
        return limit;
    }

    /** Allows no more than this from now on, because the server says so. */
    void limitTo(int requests) {
        limit = Math.max(1, Math.min(limit, requests));
    }

    /** Requests that may be made now. */
    int left(long now) {
        forget(now);
        return Math.max(0, limit - used);
    }

    /** How long until a request may be made; 0 for now. */
    long waitMillis(long now) {
        forget(now);
        int over = used - limit + 1;
        for (Slot slot : slots) {
            if (over <= 0) {
                break;
            }
            over -= slot.requests();
            if (over <= 0) {
                return slot.at() + slotMillis + length.toMillis() - now;
            }
        }
        return 0;
    }

    /** Counts requests at a moment, which may lie ahead. */
    void take(int requests, long at) {
        long begin = at - Math.floorMod(at, slotMillis);
        Slot last = slots.peekLast();
        if (last != null && last.at() >= begin) {
            slots.removeLast();
            slots.addLast(new Slot(last.at(), last.requests() + requests));
        } else {
            slots.addLast(new Slot(begin, requests));
        }
        used += requests;
    }

    /** What was counted and still counts. */
    List<Slot> spent(long now) {
        forget(now);
        return new ArrayList<>(slots);
    }

    /** Counts what was counted before a restart; a moment far ahead, as after the clock was set back, is taken for now. */
    void restore(List<Slot> spent, long now) {
        slots.clear();
        used = 0;
        for (Slot slot : spent) {
            take(slot.requests(), Math.min(slot.at(), now + length.toMillis()));
        }
        forget(now);
    }

    private void forget(long now) {
        long old = now - length.toMillis() - slotMillis;
        while (!slots.isEmpty() && slots.getFirst().at() <= old) {
            used -= slots.removeFirst().requests();
        }
    }
}
