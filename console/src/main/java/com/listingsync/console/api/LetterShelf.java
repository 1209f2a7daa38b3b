package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.deadletter.DeadLetters;
import com.listingsync.console.deadletter.LetterFilter;
import com.listingsync.console.deadletter.LetterStats;
import com.listingsync.console.deadletter.LetterSummary;
import com.listingsync.console.http.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters as they were a moment ago, so that turning pages does not read every topic again: whoever asks gets what is there,
 * and what has grown old is read again meanwhile. The first to ask for a selection waits. Thread-safe.
 */
final class LetterShelf implements AutoCloseable {

    /** Letters of a selection that can be paged through; beyond it a person narrows the selection. */
    static final int MOST = 50_000;

    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final Duration USABLE = Duration.ofMinutes(2);
    private static final int SELECTIONS = 4;

    /** A thread of the server waits no longer than this for a first reading. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration TOLD_EVERY = Duration.ofSeconds(1);

    private final Reading letters;
    private final Duration patience;
    private final Clock clock;
    private final Consumer<ObjectNode> told;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "dead-letters-reader");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Object, CompletableFuture<Shelved<?>>> shelves = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, CompletableFuture<Shelved<?>>> eldest) {
            return size() > SELECTIONS;
        }
    };
    private final Map<Object, Boolean> reading = new LinkedHashMap<>();
    private long changes;
    private volatile long readSoFar;
    private long toldAt;

    /**
     * @param patience how long a first reading is waited for
     * @param told when something was done about letters ({@code changed}), and how many a long reading has come to ({@code read})
     */
    LetterShelf(Reading letters, Duration patience, Clock clock, Consumer<ObjectNode> told) {
        this.letters = letters;
        this.patience = patience;
        this.clock = clock;
        this.told = told;
    }

    /**
     * What was read.
     *
     * @param content what it is
     * @param at when the reading began
     * @param took how long it took
     */
    record Shelved<T>(T content, Instant at, Duration took) {

        /** Reading a million letters again and again for an open page must not keep a core busy: one part in five of its time. */
        private boolean isFresh(Instant now) {
            return now.isBefore(at.plus(took).plus(longer(FRESH, took.multipliedBy(4))));
        }

        private boolean isUsable(Instant now) {
            return now.isBefore(at.plus(took).plus(longer(USABLE, took.multipliedBy(10))));
        }

        private static Duration longer(Duration one, Duration other) {
            return one.compareTo(other) > 0 ? one : other;
        }
    }

    /** Reads dead letters, all that there are; tells how many it has read. */
    interface Reading {
        DeadLetters.Page list(LetterFilter filter, LongConsumer progress);

        LetterStats stats(LetterFilter filter, LongConsumer progress);

        /** Those on Kafka. */
        static Reading of(DeadLetters letters) {
            return new Reading() {
                @Override
                public DeadLetters.Page list(LetterFilter filter, LongConsumer progress) {
                    return letters.newest(filter, MOST, progress);
                }

                @Override
                public LetterStats stats(LetterFilter filter, LongConsumer progress) {
                    return letters.stats(filter, progress);
                }
            };
        }
    }

    /** What stands on a shelf: a list or counts of a selection. */
    private record Place(LetterFilter filter, boolean counted) {}

    /** The newest letters of a selection, at most {@link #MOST}, and how many there are. */
    Shelved<DeadLetters.Page> list(LetterFilter filter) throws InterruptedException {
        Shelved<?> shelved = shelved(new Place(filter, false));
        return new Shelved<>((DeadLetters.Page) shelved.content(), shelved.at(), shelved.took());
    }

    /** A selection counted by stage and cause. */
    Shelved<LetterStats> stats(LetterFilter filter) throws InterruptedException {
        Shelved<?> shelved = shelved(new Place(filter, true));
        return new Shelved<>((LetterStats) shelved.content(), shelved.at(), shelved.took());
    }

    /** Something was done about letters: nothing that was read before counts. */
    void changed() {
        synchronized (this) {
            shelves.clear();
            changes++;
        }
        told.accept(Json.MAPPER.createObjectNode().put("changed", true));
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }

    private Shelved<?> shelved(Place place) throws InterruptedException {
        CompletableFuture<Shelved<?>> future;
        synchronized (this) {
            @Nullable CompletableFuture<Shelved<?>> known = shelves.get(place);
            Instant now = clock.instant();
            boolean failed = known != null && known.isCompletedExceptionally();
            boolean old =
                    known != null && !failed && known.isDone() && !known.join().isUsable(now);
            if (known == null || failed || old) {
                known = CompletableFuture.supplyAsync(() -> read(place), reader);
                shelves.put(place, known);
            } else if (known.isDone() && !known.join().isFresh(now) && reading.put(place, true) == null) {
                readAgain(place, changes);
            }
            future = known;
        }
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The reading goes on; whoever asks again gets what it finds.
            throw Problem.of(
                            503,
                            String.format(
                                    Locale.ROOT, "the dead letters are being read, %,d so far; ask again", readSoFar))
                    .with("retry-after", "3");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("dead letters could not be read", e.getCause());
        }
    }

    private void readAgain(Place place, long asOf) {
        var unused = CompletableFuture.supplyAsync(() -> read(place), reader).whenComplete((fresh, failure) -> {
            synchronized (this) {
                reading.remove(place);
                // What was read before something was done shows what is no longer so.
                if (fresh != null && asOf == changes && shelves.containsKey(place)) {
                    shelves.put(place, CompletableFuture.completedFuture(fresh));
                }
            }
        });
    }

    private Shelved<?> read(Place place) {
        Instant at = clock.instant();
        toldAt = at.toEpochMilli();
        readSoFar = 0;
        Object content =
                place.counted() ? letters.stats(place.filter(), this::read) : letters.list(place.filter(), this::read);
        return new Shelved<>(content, at, Duration.between(at, clock.instant()));
    }

    /** How far the one reader has come; who waits is told once a second. */
    private void read(long letters) {
        readSoFar = letters;
        long now = clock.millis();
        if (now - toldAt >= TOLD_EVERY.toMillis()) {
            toldAt = now;
            told.accept(Json.MAPPER.createObjectNode().put("read", letters));
        }
    }

    /** A page of a list. */
    static List<LetterSummary> page(DeadLetters.Page list, int from, int limit) {
        int begin = Math.min(from, list.letters().size());
        return list.letters().subList(begin, Math.min(list.letters().size(), begin + limit));
    }
}
