package com.listingsync.producer.sheet;

import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.model.BatchGetValuesResponse;
import com.google.api.services.sheets.v4.model.Sheet;
import com.google.api.services.sheets.v4.model.SheetProperties;
import com.google.api.services.sheets.v4.model.SpreadsheetProperties;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of Google, through its own clients, under the connection's {@link Guard}. Google's clients retry nothing
 * but a refused token, once. Thread-safe.
 */
final class GoogleSheets {

    private static final String APPLICATION = "listing-sync";

    private final String connection;
    private final Spreadsheet spreadsheet;
    private final SheetAccess access;
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
        this.access = new SheetAccess(spreadsheet.credentials());
        Sheets.Builder forSheets = new Sheets.Builder(transport, GsonFactory.getDefaultInstance(), access)
                .setApplicationName(APPLICATION);
        Drive.Builder forDrive = new Drive.Builder(transport, GsonFactory.getDefaultInstance(), access)
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

    /**
     * The cells of tabs by feed, all in one request and so of one moment: rows of unformatted values, ragged as Google sends
     * them.
     */
    Map<String, List<List<Object>>> values(List<SheetTab> tabs) throws InterruptedException {
        List<String> ranges = tabs.stream()
                .map(tab -> "'" + tab.title().replace("'", "''") + "'")
                .toList();
        List<ValueRange> answered = ask(() -> complete(
                sheets.spreadsheets()
                        .values()
                        .batchGet(spreadsheet.id())
                        .setRanges(ranges)
                        .setMajorDimension("ROWS")
                        .setValueRenderOption("UNFORMATTED_VALUE")
                        .setDateTimeRenderOption("SERIAL_NUMBER")
                        .execute(),
                tabs.size()));
        Map<String, List<List<Object>>> values = new HashMap<>();
        for (int i = 0; i < tabs.size(); i++) {
            List<List<Object>> cells = answered.get(i).getValues();
            values.put(tabs.get(i).feed(), cells == null ? List.of() : cells);
        }
        return values;
    }

    /** Its zone and its tabs. One small request. */
    SpreadsheetLayout layout() throws InterruptedException {
        com.google.api.services.sheets.v4.model.Spreadsheet answer = ask(() -> sheets.spreadsheets()
                .get(spreadsheet.id())
                .setFields("properties.timeZone,sheets.properties(title,sheetType)")
                .execute());
        SpreadsheetProperties properties = answer.getProperties();
        List<Sheet> all = answer.getSheets() == null ? List.of() : answer.getSheets();
        return new SpreadsheetLayout(
                zone(properties == null ? null : properties.getTimeZone()),
                all.stream()
                        .map(Sheet::getProperties)
                        .filter(tab -> tab.getSheetType() == null || tab.getSheetType().equals("GRID"))
                        .map(SheetProperties::getTitle)
                        .toList());
    }

    private static List<ValueRange> complete(BatchGetValuesResponse response, int expected) {
        List<ValueRange> answered = response.getValueRanges();
        if (answered == null || answered.size() != expected) {
            throw new UpstreamException(
                    Kind.PASSING,
                    "Google Sheets answered with " + (answered == null ? 0 : answered.size()) + " ranges instead of "
                            + expected,
                    null);
        }
        return answered;
    }

    private static ZoneId zone(@Nullable String name) {
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

    private UpstreamException unanswered(IOException e) {
        // Causes are left out: Google's messages quote the answer, which may repeat what it was asked.
        if (e instanceof Retryable auth && !auth.isRetryable()) {
            return new UpstreamException(
                    Kind.UNAUTHORIZED,
                    "Google gives no token for " + access.who() + "; its key was deleted, or is another account's:"
                            + " make a new key file",
                    null);
        }
        return new UpstreamException(
                IoWords.timedOut(e) ? Kind.TOO_MUCH : Kind.PASSING, "Google: " + IoWords.of(e), null);
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
            return new UpstreamException(Kind.UNAUTHORIZED, status, null, words + ": " + forbidden(status, body), null);
        }
        if (status >= 500) {
            return new UpstreamException(Kind.PASSING, status, null, words, null);
        }
        String hint = status == 404
                ? ": there is no such spreadsheet, or it is not shared with " + access.who() + "; check spreadsheet_id"
                : status == 400 ? ": the request is not accepted" : "";
        return new UpstreamException(Kind.FINAL, status, null, words + hint, null);
    }

    private String forbidden(int status, String body) {
        if (status == 401) {
            return "the token of " + access.who() + " is not accepted";
        }
        // What Google calls an API that was never switched on in the project of the caller.
        if (body.contains("SERVICE_DISABLED") || body.contains("accessNotConfigured")) {
            return "the Sheets or the Drive API is not switched on in the project"
                    + (access.project().isEmpty() ? "" : " " + access.project()) + " of " + access.who();
        }
        if (body.contains("insufficient authentication scopes") || body.contains("ACCESS_TOKEN_SCOPE_INSUFFICIENT")) {
            return "the token of " + access.who() + " may not read spreadsheets and Drive's metadata";
        }
        return "the spreadsheet is not shared with " + access.who();
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
