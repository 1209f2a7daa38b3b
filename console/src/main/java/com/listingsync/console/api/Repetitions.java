package com.listingsync.console.api;

import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was answered to calls with an {@code Idempotency-Key}: the same call again gets the same answer, and nothing is done twice.
 * Kept for a day, the last ten thousand, by this console; a restart forgets them. Thread-safe.
 */
final class Repetitions {

    private static final long KEPT_NANOS = Duration.ofHours(24).toNanos();
    private static final int MOST = 10_000;

    private final LongSupplier nanoTime;
    private final Map<String, Entry> entries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MOST;
        }
    };

    private record Entry(byte[] body, long at, Reply.@Nullable Whole reply) {}

    Repetitions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Begins a call.
     *
     * @param key who calls what with which key
     * @return the answer it got before; empty when it is to be followed now, and ended by {@link #ended} or {@link #failed}
     * @throws Problem (409) when it is being followed, (422) when the key was used for something else
     */
    synchronized Optional<Reply.Whole> begin(String key, byte[] body) {
        Entry entry = entries.get(key);
        if (entry == null || nanoTime.getAsLong() - entry.at() > KEPT_NANOS) {
            entries.remove(key);
            entries.put(key, new Entry(body, nanoTime.getAsLong(), null));
            return Optional.empty();
        }
        if (!Arrays.equals(entry.body(), body)) {
            throw Problem.of(422, "Idempotency-Key: it was used for another request; take a new one");
        }
        Reply.Whole reply = entry.reply();
        if (reply == null) {
            throw Problem.of(409, "Idempotency-Key: the same request is being followed at this moment");
        }
        return Optional.of(reply.with("idempotent-replayed", "true"));
    }

    /** The call was answered. */
    synchronized void ended(String key, Reply.Whole reply) {
        entries.computeIfPresent(key, (same, entry) -> new Entry(entry.body(), entry.at(), reply));
    }

    /** The call was not followed: it may be tried again. */
    synchronized void failed(String key) {
        entries.remove(key);
    }
}
