package com.listingsync.processor;

import com.listingsync.common.health.EndpointSettings;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.setting.ByteSize;
import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.trace.TracingSettings;
import com.listingsync.processor.topology.StoreKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Settings of the processor.
 *
 * @param kafka Kafka and its topics
 * @param endpoint where health and metrics are served
 * @param tracing whether records are traced
 * @param mapping mapping file; an empty path means the default mapping
 * @param parkingLimit how long a child waits for its listing
 * @param runSilence after what silence of all producers a feed of a running run has failed
 * @param threads stream threads of this instance
 * @param stateDir folder of local state
 * @param stateStore where state lives
 * @param stateCache memory in front of all stores together
 * @param commitInterval time between two transactions
 * @param standbyReplicas copies of local state that other instances keep up to date
 * @param instance name of this instance; empty for a random one at every start
 */
public record ProcessorSettings(
        KafkaSettings kafka,
        EndpointSettings endpoint,
        TracingSettings tracing,

        @Env(
                name = Mapping.SETTING,
                fallback = "",
                doc = "Mapping file (YAML) from source fields to table columns; empty takes the default mapping.")
        Path mapping,

        @Env(
                name = "SYNC_PARKING_LIMIT",
                fallback = "7d",
                doc = "How long a child waits for its listing before it is a dead letter.")
        Duration parkingLimit,

        @Env(
                name = "SYNC_RUN_SILENCE",
                fallback = "45s",
                doc =
                        "A feed of a running run has failed when no producer says for this long that it has it in hand; it goes on"
                                + " when one does again.")
        Duration runSilence,

        @Env(
                name = "SYNC_PROCESSOR_THREADS",
                fallback = "2",
                doc = "Stream threads of this instance; all instances together use at most one per topic partition.")
        int threads,

        @Env(
                name = "SYNC_STATE_DIR",
                fallback = "state",
                doc = "Folder of local state. Losing it costs time, not data: it is restored from Kafka.")
        Path stateDir,

        @Env(
                name = "SYNC_STATE_STORE",
                fallback = "rocksdb",
                doc =
                        "Where state lives: rocksdb (on disk) or memory (on the heap, restored from Kafka at every start).")
        StoreKind stateStore,

        @Env(
                name = "SYNC_STATE_CACHE",
                fallback = "64MiB",
                doc = "Heap that caches the most recent state, for all threads together.")
        ByteSize stateCache,

        @Env(
                name = "SYNC_COMMIT_INTERVAL",
                fallback = "100ms",
                doc = "Time between two transactions: nothing is visible downstream before its transaction ends.")
        Duration commitInterval,

        @Env(
                name = "SYNC_STANDBY_REPLICAS",
                fallback = "0",
                doc =
                        "Copies of the local state that other instances keep up to date; with 1, an instance that takes over goes on at once instead of restoring first.")
        int standbyReplicas,

        @Env(
                name = "SYNC_INSTANCE",
                fallback = "",
                doc =
                        "Name of this instance, unique among those that run at a time; empty for a random one. A named one that is back within 45 s finds its partitions as it left them; only later do others take them.")
        String instance) {

    private static final Pattern INSTANCE_NAME = Pattern.compile("[A-Za-z0-9._-]{0,100}");

    private static final int SHORTEST_SILENCE = 10;

    public ProcessorSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("SYNC_PROCESSOR_THREADS: expected at least 1");
        }
        if (parkingLimit.isZero()) {
            throw new IllegalArgumentException("SYNC_PARKING_LIMIT: expected more than nothing, such as 7d");
        }
        if (runSilence.toSeconds() < SHORTEST_SILENCE) {
            throw new IllegalArgumentException(
                    "SYNC_RUN_SILENCE: expected at least " + SHORTEST_SILENCE + "s, because producers report every 5s");
        }
        if (commitInterval.isZero()) {
            throw new IllegalArgumentException("SYNC_COMMIT_INTERVAL: expected at least 1ms");
        }
        if (standbyReplicas < 0) {
            throw new IllegalArgumentException("SYNC_STANDBY_REPLICAS: expected 0 or more");
        }
        if (!INSTANCE_NAME.matcher(instance).matches()) {
            throw new IllegalArgumentException("SYNC_INSTANCE: expected at most 100 letters, digits, '.', '_' or '-'");
        }
    }

    /** Whether this instance has a name that lasts, by which the group knows it again after a restart. */
    public boolean named() {
        return !instance.isEmpty();
    }

    /** Name of the consumer group, of the transactions and of the changelog topics. */
    public String applicationId() {
        return kafka.topicPrefix() + ".processor";
    }
}
