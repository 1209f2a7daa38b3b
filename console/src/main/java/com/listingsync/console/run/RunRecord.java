package com.listingsync.console.run;

import com.listingsync.common.run.RunState;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of {@code sync.runs} as their readers take them. Stateless. */
public final class RunRecord {

    private static final Logger LOG = LoggerFactory.getLogger(RunRecord.class);

    private RunRecord() {}

    /** The run that a record is about. */
    public static String run(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    /** The state in a record with a value; empty, and said in the log, when it is none. */
    public static Optional<RunState> state(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(RunState.of(record.value()));
        } catch (IllegalArgumentException e) {
            // Somebody else's record: the run it stands for is not shown, the others are.
            LOG.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("a record on the topic of runs is none");
            return Optional.empty();
        }
    }
}
