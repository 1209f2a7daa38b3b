package com.listingsync.sink.deliver;

import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where Supabase is and how we may enter.
 *
 * @param url address of the project
 * @param restPath path under which it serves its REST interface
 * @param schema the schema whose tables are written and read; empty for the first that the project exposes
 * @param key the service_role key
 * @param requestTimeout longest wait for an answer
 */
public record SupabaseSettings(
        @Env(name = "SUPABASE_URL", doc = "Address of the Supabase project, such as https://abc.supabase.co.")
        URI url,

        @Env(
                name = "SUPABASE_REST_PATH",
                fallback = "/rest/v1",
                doc = "Path of the REST interface; / for a PostgREST without Supabase's gateway.")
        String restPath,

        @Env(
                name = "SUPABASE_SCHEMA",
                fallback = "",
                doc =
                        "Schema of the tables; empty for the first one that the project exposes, which is public. Another one has"
                                + " to be among the project's exposed schemas.")
        String schema,

        @Env(
                name = "SUPABASE_SERVICE_ROLE_KEY",
                doc = "The project's service_role key (or secret key); the anon key can't write.")
        Secret key,

        @Env(
                name = "SYNC_REQUEST_TIMEOUT",
                fallback = "30s",
                doc = "Longest wait for the answer to one request; longer than the database's statement timeout.")
        Duration requestTimeout) {

    public SupabaseSettings {
        if (!key.reveal().strip().matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException(
                    "SUPABASE_SERVICE_ROLE_KEY: expected one line of letters, digits and punctuation, as the dashboard"
                            + " shows it");
        }
        key = new Secret(key.reveal().strip());
        if (key.reveal().startsWith("sb_publishable_")) {
            throw new IllegalArgumentException(
                    "SUPABASE_SERVICE_ROLE_KEY: this is a publishable key, which can't write; use the secret key");
        }
        schema = schema.strip();
        if (!schema.matches("[A-Za-z_][A-Za-z0-9_]*|")) {
            throw new IllegalArgumentException(
                    "SUPABASE_SCHEMA: expected the name of a schema, of letters, digits and underscores");
        }
        if (requestTimeout.isZero()) {
            throw new IllegalArgumentException("SYNC_REQUEST_TIMEOUT: expected more than 0");
        }
    }

    /** Base address of the REST interface, without a slash at its end. */
    public String restBase() {
        String base = withoutSlash(url.toString());
        String path = withoutSlash(restPath);
        if (path.isEmpty() || base.endsWith(path)) {
            return base;
        }
        return base + (path.startsWith("/") ? "" : "/") + path;
    }

    /** Headers that choose the schema, for reading and for writing; empty for the project's own. */
    Map<String, String> profile() {
        return schema.isEmpty() ? Map.of() : Map.of("Accept-Profile", schema, "Content-Profile", schema);
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
