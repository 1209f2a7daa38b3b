package com.listingsync.console.api;

import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.Secret;

/**
 * The project that the sink writes to, as far as the console looks into it; the names are the sink's.
 *
 * @param url its address; empty when the console is not to look into it
 * @param restPath path of its REST interface
 * @param key its service_role key; not empty when there is an address
 * @param schema of its tables; empty for the one that it exposes first
 */
public record SupabaseProject(
        @Env(
                name = "SUPABASE_URL",
                fallback = "",
                doc =
                        "Address of the Supabase project, for listings, traces, comparisons and replays on the dashboard; empty"
                                + " for none of these.")
        String url,

        @Env(
                name = "SUPABASE_REST_PATH",
                fallback = "/rest/v1",
                doc = "Path of the REST interface; / for a PostgREST without Supabase's gateway.")
        String restPath,

        @Env(
                name = "SUPABASE_SERVICE_ROLE_KEY",
                fallback = "",
                doc = "The project's service_role key (or secret key); needed with SUPABASE_URL.")
        Secret key,

        @Env(
                name = "SUPABASE_SCHEMA",
                fallback = "",
                doc = "Schema of the tables, as the sink has it; empty for the first one that the project exposes.")
        String schema) {

    public SupabaseProject {
        if (!url.isBlank() && key.isEmpty()) {
            throw new IllegalArgumentException(
                    "SUPABASE_SERVICE_ROLE_KEY: expected the project's service_role key, since SUPABASE_URL is set; found"
                            + " nothing");
        }
    }
}
