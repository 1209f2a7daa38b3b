package com.listingsync.console.replay;

import com.listingsync.common.wire.ControlKey;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;

/** Writes the signs of life of one replay; whoever begins to puts the one before out. Confined to one thread. */
final class SignOfLife implements AutoCloseable {

    private final KafkaAccess access;
    private final byte[] key;
    private final Producer<byte[], byte[]> producer;

    /** @throws org.apache.kafka.common.KafkaException when Kafka does not answer */
    SignOfLife(KafkaAccess access, String replay) {
        this.access = access;
        this.key = ControlKey.of(replay, ReplayBook.SIGN);
        this.producer = access.transactional("replay-" + replay);
        producer.initTransactions();
    }

    /** @throws org.apache.kafka.common.errors.ProducerFencedException when another process has taken the replay up */
    void give(ReplaySign sign) {
        producer.beginTransaction();
        // What can't be written fails the commit.
        Future<?> unused = producer.send(ReplayBook.record(access, key, sign));
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }
}
