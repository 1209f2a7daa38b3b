package com.listingsync.sink.consume;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.trace.Tracing;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.Books;
import com.listingsync.sink.batch.Plan;
import com.listingsync.sink.batch.Predecessors;
import com.listingsync.sink.batch.Row;
import com.listingsync.sink.consume.Reading.LeftOut;
import com.listingsync.sink.consume.Reading.Unreadable;
import com.listingsync.sink.consume.RoundReport.Dead;
import com.listingsync.sink.deliver.Abandonment;
import com.listingsync.sink.deliver.BatchReport;
import com.listingsync.sink.deliver.BatchReport.RefusedRow;
import com.listingsync.sink.deliver.Orphans;
import com.listingsync.sink.deliver.SupabaseDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Delivers rounds: stage after stage, the batches of a stage side by side on the workers, and at the end once more the rows
 * whose parent was not there, and what refused rows had replaced. Thread-safe.
 */
final class RoundDelivery {

    private static final int FIRST_ATTEMPT = 1;
    private static final int SECOND_ATTEMPT = 2;

    private final TracedDelivery delivery;
    private final SupabaseDelivery supabase;
    private final Executor workers;
    private final Duration orphanDelay;
    private final Meters meters;
    private final Clock clock;

    /** @param orphanDelay how long rows without their parent wait before they are tried again */
    RoundDelivery(SupabaseDelivery supabase, Executor workers, Duration orphanDelay, Meters meters, Clock clock) {
        this(new TracedDelivery(supabase, Tracing.off()), supabase, workers, orphanDelay, meters, clock);
    }

    /** @param delivery delivers batches and follows what bears a trace */
    RoundDelivery(
            TracedDelivery delivery,
            SupabaseDelivery supabase,
            Executor workers,
            Duration orphanDelay,
            Meters meters,
            Clock clock) {
        this.delivery = delivery;
        this.supabase = supabase;
        this.workers = workers;
        this.orphanDelay = orphanDelay;
        this.meters = meters;
        this.clock = clock;
    }

    /** Begins with a round; returns at once. */
    Delivery start(Round round) {
        return start(round, CompletableFuture.completedFuture(null));
    }

    /**
     * Begins with a round while those before it end, so that no worker waits for the others' last batches; returns at once. Its first
     * stage only: the others wait for the end of the rounds before.
     *
     * @param before in their order, at least one
     * @return empty when it must wait, because it shares a row with one of them, or waits for a parent
     */
    Optional<Delivery> startBehind(Round next, List<Delivery> before) {
        Delivery last = before.get(before.size() - 1);
        boolean mayJoin = last.isEnding() && before.stream().allMatch(earlier -> next.mayJoinEndOf(earlier.round()));
        return mayJoin ? Optional.of(start(next, last.end())) : Optional.empty();
    }

    private Delivery start(Round round, CompletableFuture<Void> before) {
        Abandonment abandonment = new Abandonment();
        Progress progress = new Progress(round);
        CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
        CompletableFuture<Void> lastStage = written;
        List<List<Batch>> stages = round.plan().stages();
        for (int i = 0; i < stages.size(); i++) {
            List<Batch> stage = stages.get(i);
            lastStage = i == 0 ? written : written.thenCombine(before, (mine, theirs) -> mine);
            written = lastStage.thenCompose(
                    done -> sideBySide(stage, Orphans.TELL_APART, progress, abandonment, workers));
        }
        written = written.thenCombine(before, (mine, theirs) -> mine);
        return new Delivery(
                round,
                abandonment,
                lastStage,
                written.thenCompose(done -> predecessors(Orphans.TELL_APART, progress, abandonment))
                        .thenCompose(done -> orphans(progress, abandonment))
                        .thenCompose(done -> predecessors(Orphans.REFUSE, progress, abandonment))
                        .thenApply(done -> progress.report()),
                () -> Math.max(0, progress.batchesLeft.get()));
    }

    private CompletableFuture<Void> sideBySide(
            List<Batch> batches, Orphans rule, Progress progress, Abandonment abandonment, Executor on) {
        return CompletableFuture.allOf(batches.stream()
                .map(batch -> CompletableFuture.runAsync(
                        () -> {
                            BatchReport report = delivery.deliver(batch, progress.round.records(), rule, abandonment);
                            progress.add(report, rule == Orphans.TELL_APART ? FIRST_ATTEMPT : SECOND_ATTEMPT);
                            progress.batchesLeft.decrementAndGet();
                            fresh(batch, progress.round);
                        },
                        on))
                .toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> orphans(Progress progress, Abandonment abandonment) {
        List<Row> orphans = progress.takeOrphans();
        if (orphans.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<Batch> again = Plan.of(orphans, supabase::limits).stages().stream()
                .flatMap(List::stream)
                .toList();
        Executor later = CompletableFuture.delayedExecutor(orphanDelay.toMillis(), TimeUnit.MILLISECONDS, workers);
        return sideBySide(again, Orphans.REFUSE, progress, abandonment, later);
    }

    /** The earlier versions of refused rows, which those had replaced: what is in the table must not depend on where a poll ended. */
    private CompletableFuture<Void> predecessors(Orphans rule, Progress progress, Abandonment abandonment) {
        List<Row> earlier = progress.takePredecessors();
        if (earlier.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
        for (List<Batch> stage : Plan.of(earlier, supabase::limits).stages()) {
            written = written.thenCompose(before -> sideBySide(stage, rule, progress, abandonment, workers));
        }
        // These may be refused in their turn.
        return written.thenCompose(before -> predecessors(rule, progress, abandonment));
    }

    /** How long the oldest row of an answered batch was on its way; to time each row would cost as much as to read it. */
    private void fresh(Batch batch, Round round) {
        long oldest = Long.MAX_VALUE;
        for (Row row : batch.rows()) {
            oldest = Math.min(oldest, round.records().get(row.place()).timestamp());
        }
        meters.timer(Meter.SINK_FRESHNESS, batch.table().name())
                .record(Math.max(0, clock.millis() - oldest), TimeUnit.MILLISECONDS);
    }

    /** What is known of a round so far. Thread-safe by its own lock. */
    private final class Progress {

        private final Round round;
        private final Books books;
        private final List<Dead> dead = new ArrayList<>();
        private final List<Row> orphans = new ArrayList<>();
        private final List<Row> refused = new ArrayList<>();
        private final List<Row> superseded;
        /** Of the plan; below zero when rows are tried again. */
        private final AtomicInteger batchesLeft;

        Progress(Round round) {
            this.round = round;
            this.batchesLeft = new AtomicInteger(
                    round.plan().stages().stream().mapToInt(List::size).sum());
            this.books = round.books();
            this.superseded = new ArrayList<>(round.superseded());
            round.unreadable().forEach(this::add);
        }

        synchronized void add(BatchReport report, int attempt) {
            books.add(report.books());
            orphans.addAll(report.orphans());
            for (RefusedRow refused : report.refused()) {
                books.count(refused.row().account(), Tally.refused(refused.code()), 1);
                count(refused.row().table().name(), "refused", 1);
                this.refused.add(refused.row());
                ConsumerRecord<byte[], byte[]> original =
                        round.records().get(refused.row().place());
                dead.add(new Dead(original, letter(refused, original, attempt)));
            }
        }

        synchronized List<Row> takeOrphans() {
            List<Row> taken = List.copyOf(orphans);
            orphans.clear();
            return taken;
        }

        /** The best of the superseded rows in place of each row refused since the last call. */
        synchronized List<Row> takePredecessors() {
            List<Row> best =
                    refused.isEmpty() || superseded.isEmpty() ? List.of() : Predecessors.of(refused, superseded);
            superseded.removeAll(best);
            refused.clear();
            return best;
        }

        synchronized RoundReport report() {
            superseded.forEach(row -> books.count(row.account(), Books.SUPERSEDED, 1));
            superseded.stream()
                    .collect(Collectors.groupingBy(row -> row.table().name(), Collectors.counting()))
                    .forEach((table, rows) -> count(table, "superseded", rows));
            round.leftOut().stream()
                    .collect(Collectors.groupingBy(LeftOut::table, Collectors.counting()))
                    .forEach((table, rows) -> count(table, "cutover", rows));
            return new RoundReport(round, books, dead);
        }

        private void add(Unreadable unreadable) {
            ConsumerRecord<byte[], byte[]> original = round.records().get(unreadable.place());
            count("unknown", "refused", 1);
            dead.add(new Dead(
                    original,
                    DeadLetter.of(
                            Stage.SINK,
                            unreadable.code(),
                            unreadable.message(),
                            Optional.of(position(original)),
                            clock.instant())));
        }

        private void count(String table, String outcome, long rows) {
            meters.counter(Meter.SINK_ROWS, table, outcome).increment(rows);
        }

        private DeadLetter letter(RefusedRow refused, ConsumerRecord<byte[], byte[]> original, int attempt) {
            Instant now = clock.instant();
            return new DeadLetter(
                    Stage.SINK,
                    refused.code(),
                    refused.message(),
                    refused.column(),
                    Optional.of(refused.status()),
                    attempt,
                    Optional.empty(),
                    Optional.of(position(original)),
                    now);
        }

        private DeadLetter.Position position(ConsumerRecord<byte[], byte[]> original) {
            return new DeadLetter.Position(original.topic(), original.partition(), original.offset());
        }
    }
}
