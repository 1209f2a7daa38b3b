package com.listingsync.processor.topology;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.ListingPartitioner;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The net beneath our own handling (KIP-1034): a record on which the processor itself fails becomes a dead letter with code
 * {@code processing-failed}, in the same transaction, and the topic goes on. Its run shows it as in flight for ever, which is
 * the truth. Trouble with Kafka or a store, and a failure outside of any record, is no record's fault and stops the thread.
 *
 * <p>Named in the configuration and made by Streams, once per thread.
 */
public final class PoisonRecordHandler implements ProcessingExceptionHandler {

    /** Configuration key for the number of partitions of every topic. */
    public static final String PARTITIONS = "listings.topic.partitions";

    private static final Logger LOG = LoggerFactory.getLogger(PoisonRecordHandler.class);

    /** The cause code of a record on which the processor itself fails. */
    static final String CODE = "processing-failed";


    private final Clock clock = Clock.systemUTC();
    private String topic = "";
    private int partitions = 1;

    @Override
    public void configure(Map<String, ?> configs) {
        topic = String.valueOf(configs.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG));
        partitions = Integer.parseInt(String.valueOf(configs.get(PARTITIONS)));
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        if (failure instanceof KafkaException || context.topic() == null || context.sourceRawKey() == null) {
            return Response.fail();
        }
        LOG.atError()
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .addKeyValue("failure", failure.getClass().getName())
                .setCause(failure)
                .log("a record made the processor fail and is a dead letter now; this is a defect of ours");
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        new DeadLetter(
                        Stage.PROCESSOR,
                        CODE,
                        "the processor failed on this record; its log has the cause",
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        Optional.of(failure.getClass().getName()),
                        Optional.of(new Position(context.topic(), context.partition(), context.offset())),
                        clock.instant())
                .write(context.headers(), headers);
        byte[] key = context.sourceRawKey();
        int partition = ListingPartitioner.partition(key, partitions);
        return Response.resume(List.of(new ProducerRecord<>(topic, partition, key, context.sourceRawValue(), headers)));
    }
}
