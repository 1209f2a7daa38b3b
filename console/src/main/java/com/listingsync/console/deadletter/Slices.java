package com.listingsync.console.deadletter;

import com.listingsync.console.shell.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Letters on their way, a transaction at a time and no faster than wanted. Confined to one thread. */
final class Slices {

    /** Letters of one transaction: small enough to lose nothing by a stop, large enough to be fast. */
    private static final int SLICE = 100;

    /** Bytes of one transaction, whatever its letters are. */
    private static final int SLICE_BYTES = 4 * 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final int perSecond;
    private final RedriveReport report;
    private final Redrive.Pause pause;
    private final LongConsumer progress;
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final List<String> topics = new ArrayList<>();
    private final int slice;
    private int bytes;

    /** What is written for one letter: the record that matters first. */
    interface Deed {
        List<ProducerRecord<byte[], byte[]>> of(Letter letter, String action);
    }

    /** @param perSecond most letters a second; 0 for as fast as it goes */
    Slices(
            Producer<byte[], byte[]> producer,
            int perSecond,
            RedriveReport report,
            Redrive.Pause pause,
            LongConsumer progress) {
        this.producer = producer;
        this.perSecond = perSecond;
        this.report = report;
        this.pause = pause;
        this.progress = progress;
        // A tenth of a second at a time, so that a slow rate is even.
        this.slice = perSecond == 0 ? SLICE : Math.max(1, Math.min(SLICE, perSecond / 10));
    }

    /** Takes a letter; false when somebody wants it to stop. */
    boolean add(Letter letter, Deed deed, String action) throws InterruptedException {
        List<ProducerRecord<byte[], byte[]>> deeds;
        try {
            deeds = deed.of(letter, action);
        } catch (CommandFailure e) {
            // This letter stays as it is; the others go.
            report.impossible(String.valueOf(e.getMessage()));
            return true;
        }
        records.addAll(deeds);
        topics.add(deeds.get(0).topic());
        byte[] value = deeds.get(0).value();
        bytes += value == null ? 0 : value.length;
        return topics.size() < slice && bytes < SLICE_BYTES || flush();
    }

    /** Sends what there is, and waits as long as the rate wants; false when somebody wants it to stop. */
    boolean flush() throws InterruptedException {
        if (topics.isEmpty()) {
            return true;
        }
        producer.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : records) {
            // What can't be written fails the commit.
            Future<?> unused = producer.send(record);
        }
        producer.commitTransaction();
        topics.forEach(report::done);
        Duration wait = perSecond == 0
                ? Duration.ZERO
                : Duration.ofSeconds(topics.size()).dividedBy(perSecond);
        records.clear();
        topics.clear();
        bytes = 0;
        progress.accept(report.done());
        if (pause.stoppedWithin(wait)) {
            report.stopped();
            return false;
        }
        return true;
    }
}
