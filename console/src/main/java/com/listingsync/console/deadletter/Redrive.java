package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.Fate;
import com.listingsync.console.audit.AuditEntry;
import com.listingsync.console.audit.AuditTrail;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.CommandFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * What is done about dead letters: they are replayed, or discarded. Confined to one thread.
 *
 * <p>A letter's record and the fate that says so are one transaction, a handful of letters at a time. Killed at any moment, it leaves
 * each letter either replayed and marked, or untouched; run again, it finds what is left. There is one redrive at a time: a second
 * one ends the first at its next transaction, and only then reads how letters stand, so no letter is replayed twice.
 */
public final class Redrive {

    private static final LongConsumer UNTOLD = count -> {};
    private static final String TRANSACTIONAL_ID = "dead-letters";

    private final KafkaAccess access;
    private final int replayLimit;
    private final Clock clock;
    private final Pause pause;

    /** A wait that a wish to stop ends; answers whether there was one. */
    public interface Pause {
        boolean stoppedWithin(Duration wait) throws InterruptedException;
    }

    /**
     * @param replayLimit replays after which a letter that is refused again is parked
     * @param pause how to wait between two letters, and to be told to stop
     */
    public Redrive(KafkaAccess access, int replayLimit, Clock clock, Pause pause) {
        this.access = access;
        this.replayLimit = replayLimit;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Sends the records of a selection again.
     *
     * @param progress told now and then how many have been sent
     * @throws CommandFailure when another redrive has begun meanwhile
     * @throws KafkaException when Kafka can't be reached; what has been sent is marked, and the rest is found by the next one
     */
    public RedriveReport replay(RedriveRequest request, LongConsumer progress) throws InterruptedException {
        RedriveReport report = new RedriveReport("replayed", request.dryRun());
        ReEntry reEntry = new ReEntry(access.topics(), request.edit(), request.placement());
        Slices.Deed deed = (letter, action) -> {
            ProducerRecord<byte[], byte[]> record = reEntry.of(letter);
            Fate fate = new Fate.Replayed(letter.id(), letter.replays() + 1, action, clock.millis());
            return List.of(record, fate.record(access.topics()));
        };
        return work("dlq replay", request, report, deed, true, progress);
    }

    /**
     * Discards a selection; the letters stay where they are, and leave the list.
     *
     * @throws IllegalArgumentException when the request gives no reason
     */
    public RedriveReport discard(RedriveRequest request, LongConsumer progress) throws InterruptedException {
        if (request.why().filter(why -> !why.isBlank()).isEmpty()) {
            throw new IllegalArgumentException("a discard needs a reason");
        }
        RedriveReport report = new RedriveReport("discarded", request.dryRun());
        Slices.Deed deed = (letter, action) ->
                List.of(new Fate.Discarded(letter.id(), action, clock.millis()).record(access.topics()));
        return work("dlq discard", request, report, deed, false, progress);
    }

    private RedriveReport work(
            String action,
            RedriveRequest request,
            RedriveReport report,
            Slices.Deed deed,
            boolean onlyNewest,
            LongConsumer progress)
            throws InterruptedException {
        NewerRecords newer = new NewerRecords(access.topics());
        if (request.dryRun()) {
            each(request, report, onlyNewest ? newer : null, letter -> plan(letter, deed, report));
            return report;
        }
        AuditTrail trail = new AuditTrail(access, clock);
        try (Producer<byte[], byte[]> producer = access.transactional(TRANSACTIONAL_ID)) {
            // Ends every other redrive, and waits for what it has under way: only then is known how letters stand.
            producer.initTransactions();
            AuditEntry begun = trail.begin(request.who(), action, selection(request), request.why());
            report.audited(begun.id());
            Slices slices = new Slices(producer, request.perSecond(), report, pause, progress);
            try {
                each(request, report, onlyNewest ? newer : null, letter -> slices.add(letter, deed, begun.id()));
                slices.flush();
                trail.end(begun, report.counts(), report.wasStopped() ? "stopped" : null);
            } catch (ProducerFencedException e) {
                // What was sent is marked, and the other one goes on with the rest.
                trail.end(begun, report.counts(), "another redrive began");
                throw new CommandFailure(
                        "another replay or discard of dead letters has begun meanwhile and goes on; " + report.done()
                                + " were done here",
                        e);
            } catch (KafkaException | CommandFailure e) {
                // Rolled back by the producer's end or timeout; the trail says so when it can be reached.
                trail.end(begun, report.counts(), String.valueOf(e.getMessage()));
                throw e;
            }
        }
        return report;
    }

    /** What takes a letter; returns whether it wants more. */
    private interface Taker {
        boolean take(Letter letter) throws InterruptedException;
    }

    private void each(RedriveRequest request, RedriveReport report, @Nullable NewerRecords newer, Taker taker)
            throws InterruptedException {
        int most = request.most().orElse(Integer.MAX_VALUE);
        int[] taken = {0};
        InterruptedException[] interrupted = {null};
        try (LetterReading letters = new LetterReading(access, replayLimit, request.selection())) {
            if (newer != null) {
                int[] wanted = {0};
                letters.walk(UNTOLD, (letter, state) -> {
                    newer.want(letter);
                    return ++wanted[0] < most;
                });
                newer.look(access, UNTOLD);
            }
            letters.walk(UNTOLD, (letter, state) -> {
                if (newer != null && !newer.knows(letter)) {
                    // It came after the log was looked at; the next replay finds it.
                    return true;
                }
                if (newer != null && newer.has(letter)) {
                    report.overtaken();
                    return ++taken[0] < most;
                }
                try {
                    return taker.take(letter) && ++taken[0] < most;
                } catch (InterruptedException e) {
                    // Told to whoever called, once the walk has closed its clients.
                    interrupted[0] = e;
                    return false;
                }
            });
        }
        if (interrupted[0] != null) {
            throw interrupted[0];
        }
    }

    private static boolean plan(Letter letter, Slices.Deed deed, RedriveReport report) {
        try {
            report.done(deed.of(letter, "").get(0).topic());
        } catch (CommandFailure e) {
            // One letter that can't be sent is no reason to leave the others out of the plan.
            report.impossible(String.valueOf(e.getMessage()));
        }
        return true;
    }

    private static String selection(RedriveRequest request) {
        List<String> words = new ArrayList<>();
        words.add(request.selection().words());
        request.most().ifPresent(most -> words.add("--max " + most));
        if (request.edit().isPresent()) {
            words.add("edited");
        }
        return String.join(" ", words).strip();
    }
}
