package com.listingsync.console.doctor;

import com.listingsync.sink.deliver.SupabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** GET and upsert requests to a Supabase project, answered as they come. Thread-safe. */
final class RestLook {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final SupabaseSettings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    RestLook(SupabaseSettings settings) {
        this.settings = settings;
    }

    /** The project's host, for people. */
    String host() {
        return settings.url().getHost()
                + (settings.url().getPort() < 0 ? "" : ":" + settings.url().getPort());
    }

    /**
     * One answer.
     *
     * @param path below the root of the REST interface, with its query
     * @throws IOException when there is none
     */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /**
     * An upsert that is to write nothing: Supabase says how many rows it wrote.
     *
     * @throws IOException when there is no answer
     */
    HttpResponse<String> upsert(String path, String body) throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Prefer", "resolution=merge-duplicates,return=minimal,count=exact")
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(settings.restBase() + "/" + path))
                .timeout(PATIENCE)
                .header("apikey", settings.key().reveal())
                .header("Authorization", "Bearer " + settings.key().reveal())
                .header("User-Agent", "listing-sync");
    }
}
