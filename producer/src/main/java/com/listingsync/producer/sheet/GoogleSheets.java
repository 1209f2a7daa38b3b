package com.listingsync.producer.sheet;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.model.BatchGetValuesResponse;
import com.google.api.services.sheets.v4.model.ValueRange;
import com.google.auth.Retryable;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.connection.Spreadsheet;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.IoWords;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What is asked of Google, through its own clients, under the connection's {@link Guard}. Google's clients retry nothing
 * but a refused token, once. Thread-safe.
 */
final class GoogleSheets {

    private static final String APPLICATION = "listing-sync";

    private final String connection;
    private final Spreadsheet spreadsheet;
    private final Sheets sheets;
    private final Drive drive;
    private final Guard guard;
    private final Meters meters;

    private interface Request<T> {
        T execute() throws IOException;
    }

    GoogleSheets(String connection, Spreadsheet spreadsheet, Guard guard, Meters meters) {
        this.connection = connection;
        this.spreadsheet = spreadsheet;
        this.guard = guard;
        this.meters = meters;
        HttpTransport transport = new NetHttpTransport();
        HttpRequestInitializer initializer = new SheetAccess(spreadsheet.credentials());
        Sheets.Builder forSheets = new Sheets.Builder(transport, GsonFactory.getDefaultInstance(), initializer)
                .setApplicationName(APPLICATION);
        Drive.Builder forDrive = new Drive.Builder(transport, GsonFactory.getDefaultInstance(), initializer)
                .setApplicationName(APPLICATION);
        spreadsheet.sheetsUrl().ifPresent(url -> forSheets.setRootUrl(root(url.toString())));
        spreadsheet.driveUrl().ifPresent(url -> forDrive.setRootUrl(root(url.toString())));
        this.sheets = forSheets.build();
        this.drive = forDrive.build();
    }

    /** The file's version at Drive, which grows with every change. One small request. */
    long driveVersion() throws InterruptedException {
        File file = ask(() -> drive.files()
                .get(spreadsheet.id())
                .setFields("version,modifiedTime")
                .setSupportsAllDrives(true)
                .execute());
        Long version = file.getVersion();
        if (version == null) {
            throw new UpstreamException(Kind.PASSING, "Google Drive gave no version of the spreadsheet", null);
        }
        return version;
    }

    /** The cells of the tabs, in their order, all in one request: rows of unformatted values, ragged as Google sends them. */
    List<List<List<Object>>> values(List<SheetTab> tabs) throws InterruptedException {
        List<String> ranges = tabs.stream()
                .map(tab -> "'" + tab.title().replace("'", "''") + "'")
                .toList();
        BatchGetValuesResponse response = ask(() -> sheets.spreadsheets()
                .values()
                .batchGet(spreadsheet.id())
                .setRanges(ranges)
                .setMajorDimension("ROWS")
                .setValueRenderOption("UNFORMATTED_VALUE")
                .setDateTimeRenderOption("SERIAL_NUMBER")
                .execute());
        List<ValueRange> answered = response.getValueRanges();
        if (answered == null || answered.size() != tabs.size()) {
            throw new UpstreamException(
                    Kind.PASSING,
                    "Google Sheets answered with " + (answered == null ? 0 : answered.size()) + " ranges instead of "
                            + tabs.size(),
                    null);
        }
        List<List<List<Object>>> values = new ArrayList<>();
        for (ValueRange range : answered) {
            values.add(range.getValues() == null ? List.of() : range.getValues());
        }
        return values;
    }

    /** The zone in which the spreadsheet's dates are meant; UTC when it has none that Java knows. */
    ZoneId zone() throws InterruptedException {
        String name = ask(() -> sheets.spreadsheets()
                        .get(spreadsheet.id())
                        .setFields("properties.timeZone")
                        .execute())
                .getProperties()
                .getTimeZone();
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            // A zone unknown to this JDK: dates without a time are right all the same.
            return ZoneOffset.UTC;
        }
    }

    private <T> T ask(Request<T> request) throws InterruptedException {
        return guard.call(() -> {
            long begun = System.nanoTime();
            String status = "failed";
            try {
                T answer = request.execute();
                status = "200";
                return answer;
            } catch (HttpResponseException e) {
                status = Integer.toString(e.getStatusCode());
                throw refusal(e);
            } catch (IOException e) {
                // Nothing was read; the guard repeats the request, or the pass ends and says so.
                throw unanswered(e);
            } finally {
                meters.timer(Meter.PRODUCER_REQUESTS, connection, status)
                        .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            }
        });
    }

    private static UpstreamException unanswered(IOException e) {
        if (e instanceof Retryable auth && !auth.isRetryable()) {
            return new UpstreamException(
                    Kind.UNAUTHORIZED, "Google gives no token for the service account; check its key file", e);
        }
        return new UpstreamException(IoWords.timedOut(e) ? Kind.TOO_MUCH : Kind.PASSING, "Google: " + IoWords.of(e), e);
    }

    private UpstreamException refusal(HttpResponseException e) {
        int status = e.getStatusCode();
        String words = "Google answered with HTTP " + status;
        String body = e.getContent() == null ? "" : e.getContent();
        // 403 has two meanings: no right, and, as rateLimitExceeded or userRateLimitExceeded, too many requests.
        if (status == 429 || (status == 403 && body.contains("ateLimitExceeded"))) {
            Duration wait = seconds(e.getHeaders().getRetryAfter());
            return new UpstreamException(Kind.LIMITED, status, wait, words + ": too many requests", null);
        }
        if (status == 401 || status == 403) {
            return new UpstreamException(
                    Kind.UNAUTHORIZED,
                    status,
                    null,
                    words + ": the spreadsheet is not shared with the account of this connection",
                    null);
        }
        if (status >= 500) {
            return new UpstreamException(Kind.PASSING, status, null, words, null);
        }
        String hint = status == 404
                ? ": there is no such spreadsheet; check spreadsheet_id"
                : status == 400
                        ? ": a tab is missing or the request is not accepted; check the titles of the tabs"
                        : "";
        return new UpstreamException(Kind.FINAL, status, null, words + hint, null);
    }

    private static Duration seconds(String header) {
        return header != null && header.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(header))
                : Duration.ZERO;
    }

    private static String root(String url) {
        return url.endsWith("/") ? url : url + "/";
    }
}
