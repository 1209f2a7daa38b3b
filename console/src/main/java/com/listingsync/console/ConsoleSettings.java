package com.listingsync.console;

import com.listingsync.common.health.EndpointSettings;
import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.console.deadletter.ReplaySettings;

/**
 * The settings of the console service.
 *
 * @param kafka how to reach Kafka, and our topics on it
 * @param endpoint where health and metrics are served
 * @param replays how dead letters are dealt with
 * @param host address of the operators' HTTP side
 * @param port its port; 0 takes a free one
 */
public record ConsoleSettings(
        KafkaSettings kafka,
        EndpointSettings endpoint,
        ReplaySettings replays,

        @Env(
                name = "SYNC_CONSOLE_HOST",
                fallback = "127.0.0.1",
                doc = "Address that the console's HTTP API is served on; 0.0.0.0 inside a container.")
        String host,

        @Env(
                name = "SYNC_CONSOLE_PORT",
                fallback = "8080",
                doc = "Port that the console's HTTP API is served on; 0 takes a free one.")
        int port) {

    private static final int MAX_PORT = 65_535;

    public ConsoleSettings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("SYNC_CONSOLE_PORT: expected a port from 0 to " + MAX_PORT);
        }
    }
}
