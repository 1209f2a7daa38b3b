package com.listingsync.sink.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A few rows of a table at a time, read and changed over Supabase REST: for work that follows rows, not for rows themselves.
 * Never repeats. Thread-safe; a call blocks its thread.
 */
public final class TableAccess implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient client;
    private final HttpUrl base;
    private final Request template;
    private final AnswerReader answers;

    /** @throws SettingsException when the address is none */
    public TableAccess(SupabaseSettings settings) {
        HttpUrl url = HttpUrl.parse(settings.restBase());
        if (url == null) {
            throw new SettingsException("SUPABASE_URL: expected an address such as https://abc.supabase.co");
        }
        this.base = url;
        this.answers = new AnswerReader(Clock.systemUTC());
        this.template = new Request.Builder()
                .url(url)
                .headers(Headers.of(settings.profile()))
                .header("apikey", settings.key().reveal())
                .header("Authorization", "Bearer " + settings.key().reveal())
                .header("User-Agent", "listing-sync")
                .build();
        this.client = new OkHttpClient.Builder()
                // Lanes are the only layer that repeats.
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(CONNECT_TIMEOUT)
                .callTimeout(settings.requestTimeout())
                .build();
    }

    /** Supabase did not do what was asked; nothing is known to have changed. */
    public static final class AwayException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String cause;
        private final transient Optional<Duration> pause;

        AwayException(String cause, String words, Optional<Duration> pause) {
            super(words, null, false, false);
            this.cause = cause;
            this.pause = pause;
        }

        /** Short and stable: a code, a status or the kind of failure. */
        public String cause() {
            return cause;
        }

        /** How long it asks to be left alone; empty when it does not say. */
        public Optional<Duration> pause() {
            return pause;
        }

        /** What happened and what to do, in words without any value. */
        public String words() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * The rows that a query names.
     *
     * @param query parameters of PostgREST, such as {@code status} and {@code eq.published}
     * @throws AwayException when they can't be had
     */
    public List<JsonNode> select(String table, Map<String, String> query) throws AwayException {
        try (Response response = client.newCall(
                        template.newBuilder().url(address(table, query)).build())
                .execute()) {
            require(response);
            JsonNode rows = Json.MAPPER.readTree(response.body().bytes());
            if (!rows.isArray()) {
                throw new AwayException(
                        "not-rows", "SUPABASE_URL answers without rows, so it is not Supabase REST", Optional.empty());
            }
            List<JsonNode> list = new ArrayList<>();
            rows.forEach(list::add);
            return list;
        } catch (IOException e) {
            // Nothing was changed; whoever asked asks again.
            throw unreachable(e);
        }
    }

    /**
     * Sets columns of the rows that a query names; none is no failure.
     *
     * @throws AwayException when that is not known to have happened
     */
    public void update(String table, Map<String, String> query, ObjectNode columns) throws AwayException {
        Request request = template.newBuilder()
                .url(address(table, query))
                .header("Prefer", "return=minimal")
                .patch(RequestBody.create(columns.toString(), JSON))
                .build();
        try (Response response = client.newCall(request).execute()) {
            require(response);
        } catch (IOException e) {
            // It may have happened; setting the same again changes nothing.
            throw unreachable(e);
        }
    }

    /** Breaks off what is under way and closes all connections. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    private HttpUrl address(String table, Map<String, String> query) {
        HttpUrl.Builder address = base.newBuilder().addPathSegment(table);
        query.forEach(address::addQueryParameter);
        return address.build();
    }

    private void require(Response response) throws IOException, AwayException {
        Answer answer = answers.read(response);
        DeliveryVerdict verdict = VerdictTable.ofLook(answer);
        Optional<AwayException> away = verdict.fold(
                delivered -> Optional.empty(),
                later -> Optional.of(new AwayException(later.cause(), later.words(), later.pause())),
                tooLarge -> Optional.of(
                        new AwayException(tooLarge.cause(), "the database takes too long", Optional.empty())),
                refused -> Optional.of(new AwayException(refused.code(), refused.message(), Optional.empty())),
                wrong -> Optional.of(new AwayException(wrong.cause(), wrong.words(), Optional.empty())));
        if (away.isPresent()) {
            throw away.get();
        }
    }

    private AwayException unreachable(IOException e) {
        return new AwayException(
                "connect",
                "no answer from " + base.host() + ":" + base.port() + " (" + e.getMessage() + ")",
                Optional.empty());
    }
}
