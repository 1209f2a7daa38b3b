package com.listingsync.processor.topology;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.trace.Tracing;
import java.time.Duration;

/**
 * What the tasks of the listing path are made with.
 *
 * @param topics the topics
 * @param mapping the mapping
 * @param meters the meters, shared by all tasks
 * @param parkingLimit how long a child waits for its listing before it is a dead letter
 * @param runSilence how long no producer need have a feed of a running run in hand before it has failed
 * @param log opens a partition of the source topics to be read again
 * @param tracing follows records that bear a trace
 */
public record ListingSetup(
        Topics topics,
        Mapping mapping,
        ProcessorMeters meters,
        Duration parkingLimit,
        Duration runSilence,
        SourceLog.Opener log,
        Tracing tracing) {

    /** Without traces. */
    public ListingSetup(
            Topics topics,
            Mapping mapping,
            ProcessorMeters meters,
            Duration parkingLimit,
            Duration runSilence,
            SourceLog.Opener log) {
        this(topics, mapping, meters, parkingLimit, runSilence, log, Tracing.off());
    }
}
