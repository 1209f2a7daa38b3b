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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a record that stops the processor (KIP-1034): it is a dead letter, written in the same transaction, and the
 * topic goes on. One that says nothing we can read ({@link UnreadableSourceException}) has the code {@code unreadable}. One on
 * which the processor itself fails has {@code processing-failed}; its run shows it as in flight for ever, which is the truth.
 * Trouble with Kafka or a store, state of another release, and a failure outside of any record is no record's fault and stops the
 * thread.
 *
 * <p>Named in the configuration and made by Streams, once per thread.
 */
public final class PoisonRecordHandler implements ProcessingExceptionHandler {

    /** Configuration key for the number of partitions of every topic. */
    public static final String PARTITIONS = "listings.topic.partitions";

    /** Configuration key for the {@link ProcessorMeters} that count dead letters; without it nobody counts them. */
    public static final String METERS = "listings.processor.meters";

    private static final Logger LOG = LoggerFactory.getLogger(PoisonRecordHandler.class);

    /** The cause code of a record on which the processor itself fails. */
    static final String CODE = "processing-failed";

    private final Clock clock = Clock.systemUTC();
    private String topic = "";
    private int partitions = 1;
    private @Nullable ProcessorMeters meters;

    @Override
    public void configure(Map<String, ?> configs) {
        topic = String.valueOf(configs.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG));
        partitions = Integer.parseInt(String.valueOf(configs.get(PARTITIONS)));
        meters = (ProcessorMeters) configs.get(METERS);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        if (failure instanceof KafkaException || failure instanceof StoredForm.Foreign || context.topic() == null) {
            return Response.fail();
        }
        if (failure instanceof UnreadableSourceException unreadable) {
            return deadLetter(context, unreadable.code(), String.valueOf(unreadable.getMessage()), Optional.empty());
        }
        if (context.sourceRawKey() == null) {
            return Response.fail();
        }
        String cause = failure.getClass().getName();
        LOG.atError()
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .addKeyValue("failure", cause)
                .setCause(failure)
                .log("a record made the processor fail and is a dead letter now; this is a defect of ours");
        return deadLetter(
                context, CODE, "the processor failed on this record; its log has the cause", Optional.of(cause));
    }

    private Response deadLetter(ErrorHandlerContext context, String code, String message, Optional<String> cause) {
        Position position = new Position(context.topic(), context.partition(), context.offset());
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        new DeadLetter(
                        Stage.PROCESSOR,
                        code,
                        message,
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        cause,
                        Optional.of(position),
                        clock.instant())
                .write(context.headers(), headers);
        if (meters != null) {
            meters.deadLetter(code);
        }
        byte[] key = context.sourceRawKey();
        int partition = key == null ? 0 : ListingPartitioner.partition(key, partitions);
        // Too long a key would make a letter that its topic does not take; the original stands in its own.
        byte @Nullable [] kept = key == null || key.length > DeadLetter.KEY_BYTES ? null : key;
        byte @Nullable [] value = LargestRecord.orNone(context.sourceRawValue());
        return Response.resume(List.of(new ProducerRecord<>(topic, partition, kept, value, headers)));
    }
}
