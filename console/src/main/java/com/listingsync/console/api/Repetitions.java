package com.listingsync.console.api;

import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of calls with an {@code Idempotency-Key}, as the notes about them say it, taken in the order of the log: of two that
 * begin the same call, the first one counts. A call counts for a day, and the last ten thousand are known. Confined to one thread
 * at a time.
 */
final class Repetitions {

    static final Duration KEPT = Duration.ofHours(24);
    private static final int MOST = 10_000;

    private final Map<String, Entry> entries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MOST;
        }
    };

    private record Entry(RepetitionNote begun, RepetitionNote.@Nullable Answer answer) {}

    /** Takes the next note of the log. */
    void take(RepetitionNote note) {
        Entry known = entries.get(note.call());
        boolean same = known != null && known.begun().token().equals(note.token());
        switch (note.phase()) {
            case BEGUN -> {
                if (known == null || isOld(known, note.at())) {
                    entries.remove(note.call());
                    entries.put(note.call(), new Entry(note, null));
                }
            }
            case ANSWERED -> {
                if (known != null && same) {
                    entries.put(note.call(), new Entry(known.begun(), note.answer()));
                }
            }
            case DROPPED -> {
                if (same) {
                    entries.remove(note.call());
                }
            }
        }
    }

    /** Whether the call was begun by whoever has this token. */
    boolean isBegunBy(String call, String token) {
        Entry known = entries.get(call);
        return known != null && known.begun().token().equals(token);
    }

    /**
     * The answer that a call got before.
     *
     * @param body the hash of what it says
     * @param now in milliseconds since 1970
     * @return empty when nobody has made it, or not within a day
     * @throws Problem (409) when it was begun and has no answer, (422) when it said something else
     */
    Optional<Reply.Whole> answer(String call, String body, long now) {
        Entry known = entries.get(call);
        if (known == null || isOld(known, now)) {
            return Optional.empty();
        }
        if (!known.begun().body().equals(body)) {
            throw Problem.of(422, "Idempotency-Key: it was used for another request; take a new one");
        }
        RepetitionNote.Answer answer = known.answer();
        if (answer == null) {
            throw Problem.of(
                    409,
                    "Idempotency-Key: the same request was begun at "
                            + Instant.ofEpochMilli(known.begun().at())
                            + " and has no answer: it is being followed at this moment, or the console stopped or"
                            + " Kafka failed in the middle; look at what became of it (GET /api/audit) before you take a new key");
        }
        return Optional.of(answer.reply().with("idempotent-replayed", "true"));
    }

    private static boolean isOld(Entry entry, long now) {
        return now - entry.begun().at() > KEPT.toMillis();
    }
}
