package com.listingsync.producer;

import com.listingsync.common.health.EndpointSettings;
import com.listingsync.common.secret.MasterKeySettings;
import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.trace.TracingSettings;
import com.listingsync.producer.schedule.ScheduleSettings;
import com.listingsync.producer.upstream.RetryRule;
import java.nio.file.Path;

/**
 * The settings of the producer.
 *
 * @param connections path of the connections file
 * @param masterKey what opens the sealed values of that file
 * @param kafka how to reach Kafka
 * @param schedule whether passes are made on schedule
 * @param retry how often requests are repeated
 * @param endpoint where health and metrics are served
 * @param tracing whether records are traced
 */
public record ProducerSettings(
        @Env(name = "SYNC_CONNECTIONS", doc = "Path of the connections file (docs/connections.md).")
        Path connections,

        MasterKeySettings masterKey,
        KafkaSettings kafka,
        ScheduleSettings schedule,
        RetryRule retry,
        EndpointSettings endpoint,
        TracingSettings tracing) {}
