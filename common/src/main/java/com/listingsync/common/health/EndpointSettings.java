package com.listingsync.common.health;

import com.listingsync.common.setting.Env;

/**
 * Where a service answers health and metrics requests.
 *
 * @param host address to bind; loopback unless the network around it is trusted
 * @param port TCP port; 0 takes a free one
 */
public record EndpointSettings(
        @Env(
                name = "SYNC_HTTP_HOST",
                fallback = "127.0.0.1",
                doc = "Address that health and metrics are served on; 0.0.0.0 inside a container.")
        String host,

        @Env(
                name = "SYNC_HTTP_PORT",
                fallback = "0",
                doc = "Port that health and metrics are served on; 0 takes a free one.")
        int port) {

    public EndpointSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("SYNC_HTTP_PORT: expected a port from 0 to 65535");
        }
    }
}
