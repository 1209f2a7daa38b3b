package com.listingsync.producer.mls;

import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import com.listingsync.producer.publish.FeedLog;
import com.listingsync.producer.publish.Refusal;
import com.listingsync.producer.publish.SourceRecord;
import com.listingsync.producer.source.FeedBooks;
import com.listingsync.producer.source.FeedMeters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one reading of a feed: the records of a page, their counts and the cursor behind them are one transaction; a
 * page that breaks is rolled back. A page with nothing new writes nothing. Confined to the feed's thread.
 */
final class FeedWriter implements Handover.Receiver {

    private final FeedLog log;
    private final FeedRule rule;
    private final FeedBooks books;
    private final FeedMeters meters;
    private final FeedMemory memory;
    private final ReadPlan plan;
    private final Map<String, RecentlySeen.Version> emittedOfPage = new HashMap<>();
    private final List<Instant> changesOfPage = new ArrayList<>();
    private final Map<String, Long> countsOfPage = new HashMap<>();
    private MlsCheckpoint checkpoint;
    private boolean inTransaction;
    private @Nullable ReadEnd end;

    FeedWriter(FeedLog log, FeedRule rule, FeedBooks books, FeedMeters meters, FeedMemory memory, ReadPlan plan) {
        this.log = log;
        this.rule = rule;
        this.books = books;
        this.meters = meters;
        this.memory = memory;
        this.plan = plan;
        this.checkpoint = memory.checkpoint();
    }

    /**
     * Writes what is handed over until it ends; {@link #finish} comes after the last such call.
     *
     * @return why the feed could not be read; empty when it was
     * @throws org.apache.kafka.common.KafkaException when it can't be written; the log is of no more use then
     */
    Optional<String> writeAll(Handover handover) throws InterruptedException {
        end = null;
        while (end == null) {
            handover.next().on(this);
        }
        if (end.bug() instanceof KafkaException trouble) {
            throw trouble;
        }
        if (end.bug() != null) {
            throw new IllegalStateException("reading the " + log + " failed by a mistake of ours", end.bug());
        }
        return Optional.ofNullable(end.problem());
    }

    /**
     * Writes what no page brought, as one transaction with the {@link #records} taken since the last one: deletes, and what else
     * belongs to them.
     *
     * @param more writes into the same transaction
     */
    void write(List<SourceRecord> deletes, Consumer<FeedLog> more) {
        begin();
        for (SourceRecord record : deletes) {
            count(Tally.FETCHED);
            log.send(record);
            emittedOfPage.put(
                    record.key().toString(),
                    new RecentlySeen.Version(record.event().sourceVersion(), ""));
        }
        more.accept(log);
        books.count(new Tally(countsOfPage));
        boolean report = !countsOfPage.isEmpty() || books.mustReport();
        commit(report ? books.progress() : List.of(), report ? plan.opened(checkpoint) : checkpoint);
        memory.emitted(emittedOfPage);
        meters.counted(countsOfPage);
        changesOfPage.forEach(meters::fresh);
        forgetPage();
    }

    /** Reports the end of the reading and answers with its problem. */
    Optional<String> finish(Optional<String> problem) {
        boolean report = books.mustReport() || problem.filter(memory::isNews).isPresent();
        MlsCheckpoint last = plan.ended(checkpoint, problem.isEmpty());
        if (report || !last.equals(checkpoint)) {
            commit(report ? books.end(problem.orElse(null)) : List.of(), last);
        }
        memory.ended(problem.orElse(null));
        if (problem.isEmpty()) {
            meters.readToEnd();
        }
        return problem;
    }

    @Override
    public void pageAsked(Instant at) {
        log.askedAt(at);
    }

    @Override
    public void records(List<MlsRecord> records) {
        for (MlsRecord record : records) {
            count(Tally.FETCHED);
            books.found(record.listing());
            rule.judge(record).fold(this::emit, this::refuse, this::skip);
        }
    }

    @Override
    public void pageEnd(PageInfo page, ReadState state) {
        meters.page();
        if (page.count() != null) {
            books.expect(page.count());
        }
        books.count(new Tally(countsOfPage));
        MlsCheckpoint next = plan.after(checkpoint, state);
        if (inTransaction || books.mustReport() || !next.equals(checkpoint)) {
            boolean report = inTransaction || books.mustReport();
            commit(report ? books.progress() : List.of(), report ? plan.opened(next) : next);
        }
        memory.emitted(emittedOfPage);
        meters.counted(countsOfPage);
        changesOfPage.forEach(meters::fresh);
        forgetPage();
    }

    @Override
    public void pageBroken() {
        if (inTransaction) {
            log.abort();
            inTransaction = false;
        }
        forgetPage();
    }

    @Override
    public void end(ReadEnd ended) {
        end = ended;
    }

    private @Nullable Void emit(SourceRecord record) {
        String key = record.key().toString();
        RecentlySeen.Version version = new RecentlySeen.Version(
                record.event().sourceVersion(), record.event().contentHash());
        if (plan.skipsSeen() && memory.seen().contains(key, version)) {
            return skip("seen");
        }
        begin();
        log.send(record);
        emittedOfPage.put(key, version);
        if (plan.extent() == ReadPlan.Extent.CHANGES && checkpoint.complete()) {
            changesOfPage.add(Instant.EPOCH.plus(version.version(), ChronoUnit.MICROS));
        }
        return null;
    }

    private @Nullable Void refuse(Refusal refusal) {
        begin();
        log.refuse(refusal);
        count(Tally.refused(refusal.code()));
        return null;
    }

    private @Nullable Void skip(String reason) {
        count(Tally.skipped(reason));
        return null;
    }

    private void count(String name) {
        countsOfPage.merge(name, 1L, Long::sum);
    }

    private void begin() {
        if (!inTransaction) {
            log.begin();
            inTransaction = true;
        }
    }

    private void commit(List<Outcome> outcomes, MlsCheckpoint next) {
        begin();
        log.report(plan.run(), outcomes);
        if (!next.equals(checkpoint)) {
            log.moveCheckpoint(next.bytes());
        }
        meters.commit(log::commit);
        inTransaction = false;
        checkpoint = next;
        memory.committed(next);
        books.committed();
    }

    private void forgetPage() {
        emittedOfPage.clear();
        changesOfPage.clear();
        countsOfPage.clear();
    }
}
