package com.listingsync.console;

import com.listingsync.common.health.EndpointSettings;
import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.setting.Secret;
import com.listingsync.console.api.ApiSecrets;
import com.listingsync.console.api.NamedProjects;
import com.listingsync.console.api.SupabaseProject;
import com.listingsync.console.deadletter.ReplaySettings;
import com.listingsync.console.live.ServiceAddresses;
import com.listingsync.sink.cutover.CutoverSettings;
import java.time.Duration;

/**
 * The settings of the console service.
 *
 * @param kafka how to reach Kafka, and our topics on it
 * @param endpoint where health and metrics are served
 * @param replays how dead letters are dealt with
 * @param host address of the operators' HTTP side
 * @param port its port; 0 takes a free one
 * @param keysFile path of the file of API keys; empty for none
 * @param services where the services answer health, metrics and settings
 * @param projects other Supabase projects that calls may name
 * @param secrets what calls from outside prove themselves with
 * @param project what the sink writes to
 * @param cutover how much of it the sink writes, as the sink has it: what proves and replays rows keeps to that
 * @param verifyEvery how often Supabase is compared with the log; 0 for never
 */
public record ConsoleSettings(
        KafkaSettings kafka,
        EndpointSettings endpoint,
        ReplaySettings replays,

        @Env(
                name = "SYNC_CONSOLE_HOST",
                fallback = "127.0.0.1",
                doc =
                        "Address that the dashboard and the HTTP API are served on. Any other than this machine's own needs API"
                                + " keys.")
        String host,

        @Env(
                name = "SYNC_CONSOLE_PORT",
                fallback = "8080",
                doc = "Port that the dashboard and the HTTP API are served on; 0 takes a free one.")
        int port,

        @Env(
                name = "SYNC_CONSOLE_KEYS",
                fallback = "",
                doc =
                        "File of the API keys (./listing-sync api-keys); empty for none. Once there is a key, every call needs"
                                + " one.")
        String keysFile,

        @Env(
                name = ServiceAddresses.SETTING,
                fallback = "",
                doc = "Where the services answer health and metrics, such as"
                        + " producer=http://producer:8081,sink=http://sink:8081; the dashboard shows those named. A host's name with"
                        + " several addresses is an instance at each; further addresses of a service may follow it,"
                        + " comma-separated, without its name.")
        String services,

        @Env(
                name = NamedProjects.SETTING,
                fallback = "",
                doc =
                        "Other Supabase projects that may be named over HTTP, to copy rows to, to verify and to compare with:"
                                + " NAME=KEY@URL, comma-separated, where KEY is the environment variable with the project's"
                                + " service_role key. No address and no key is taken from a request.")
        String projects,

        ApiSecrets secrets,
        SupabaseProject project,
        CutoverSettings cutover,

        @Env(
                name = "SYNC_VERIFY_EVERY",
                fallback = "0s",
                doc =
                        "Time between two comparisons of the whole Supabase project with the log, such as 6h; 0 makes none. Needs"
                                + " SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY, as the sink has them.")
        Duration verifyEvery) {

    private static final int MAX_PORT = 65_535;
    private static final int SHORTEST_KEY = 32;

    public ConsoleSettings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("SYNC_CONSOLE_PORT: expected a port from 0 to " + MAX_PORT);
        }
        Secret key = secrets.operatorKey();
        if (!key.isEmpty() && key.reveal().length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("SYNC_CONSOLE_KEY: expected at least " + SHORTEST_KEY
                    + " characters, such as: openssl rand -hex 32");
        }
    }
}
