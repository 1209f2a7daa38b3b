package com.listingsync.console.replay;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.command.ReprocessRequest.Terms;
import com.listingsync.common.command.ReprocessWish;
import com.listingsync.common.topic.Topics;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.mapping.ReprocessRun;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A replay of source topics: the processor's owners of the partitions are asked, and tell in a run of the replay's name. Stateless. */
final class SourceReplay {

    private SourceReplay() {}

    /** Asks for it; returns when Kafka has the request. */
    static void begin(KafkaAccess access, ReplayDefinition definition) {
        ReplayRequest request = definition.request();
        Terms terms = new Terms(request.from().millis(), request.to().millis(), request.run(), request.rate(), true);
        new ReprocessRun(new ReprocessRequest(
                        definition.id(), request.sources(), request.keys(), request.requestedBy(), terms))
                .send(access, definition.at());
    }

    /** Tells every owner what is wished, all or none. */
    static void wish(KafkaAccess access, String replay, ReprocessWish.Wish wish) {
        Topics topics = access.topics();
        try (Producer<byte[], byte[]> producer = access.transactional("reprocess." + replay)) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int partition = 0; partition < topics.partitions(); partition++) {
                // What can't be written fails the commit.
                Future<?> unused = producer.send(new ProducerRecord<>(
                        topics.reprocess().name(),
                        partition,
                        replay.getBytes(StandardCharsets.UTF_8),
                        new ReprocessWish(replay, wish).bytes()));
            }
            producer.commitTransaction();
        }
    }
}
