package com.listingsync.console.mapping;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.topic.Topics;
import com.listingsync.console.kafka.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A reprocess that somebody asks for: its run is announced and every partition's owner is asked, all or nothing. Immutable.
 *
 * @param request what is asked for
 */
public record ReprocessRun(ReprocessRequest request) {

    /**
     * Asks for it; returns when Kafka has the request.
     *
     * @param at when it was asked for, in milliseconds since 1970
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be reached or refuses; nothing was asked for then
     */
    public void send(KafkaAccess access, long at) {
        Topics topics = access.topics();
        List<FeedName> feeds = IntStream.range(0, topics.partitions())
                .mapToObj(ReprocessRequest::feed)
                .toList();
        try (Producer<byte[], byte[]> producer = access.transactional("reprocess." + request.run())) {
            producer.initTransactions();
            producer.beginTransaction();
            byte[] run = request.run().getBytes(StandardCharsets.UTF_8);
            byte[] announcement = new Outcome.RunStarted(feeds, "reprocess", at).bytes();
            send(producer, new ProducerRecord<>(topics.outcomes().name(), run, announcement));
            for (int partition = 0; partition < topics.partitions(); partition++) {
                send(producer, new ProducerRecord<>(topics.reprocess().name(), partition, at, run, request.bytes()));
            }
            producer.commitTransaction();
        }
    }

    private static void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        // What can't be written fails the commit.
        Future<?> unused = producer.send(record);
    }
}
