package com.listingsync.producer.sheet;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
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
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.connection.Spreadsheet;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import java.io.IOException;
import java.time.DateTimeException;
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
    private final GoogleTrouble trouble;
    private final Sheets sheets;
    private final Drive drive;
    private final Guard guard;
    private final Meters meters;

    private interface Request {
        HttpRequest build() throws IOException;
    }

    GoogleSheets(String connection, Spreadsheet spreadsheet, Guard guard, Meters meters) {
        this.connection = connection;
        this.spreadsheet = spreadsheet;
        this.guard = guard;
        this.meters = meters;
        HttpTransport transport = new NetHttpTransport();
        SheetAccess access = new SheetAccess(spreadsheet.credentials());
        this.trouble = new GoogleTrouble(access);
        Sheets.Builder forSheets =
                new Sheets.Builder(transport, GsonFactory.getDefaultInstance(), access).setApplicationName(APPLICATION);
        Drive.Builder forDrive =
                new Drive.Builder(transport, GsonFactory.getDefaultInstance(), access).setApplicationName(APPLICATION);
        spreadsheet.sheetsUrl().ifPresent(url -> forSheets.setRootUrl(root(url.toString())));
        spreadsheet.driveUrl().ifPresent(url -> forDrive.setRootUrl(root(url.toString())));
        this.sheets = forSheets.build();
        this.drive = forDrive.build();
    }

    /** The file's version at Drive, which grows with every change. One small request. */
    long driveVersion() throws InterruptedException {
        File file = ask(
                File.class,
                () -> drive.files()
                        .get(spreadsheet.id())
                        .setFields("version,modifiedTime")
                        .setSupportsAllDrives(true)
                        .buildHttpRequest());
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
        Request request = () -> sheets.spreadsheets()
                .values()
                .batchGet(spreadsheet.id())
                .setRanges(ranges)
                .setMajorDimension("ROWS")
                .setValueRenderOption("UNFORMATTED_VALUE")
                .setDateTimeRenderOption("SERIAL_NUMBER")
                .buildHttpRequest();
        List<ValueRange> answered =
                guard.call(() -> complete(attempt(BatchGetValuesResponse.class, request), tabs.size()));
        Map<String, List<List<Object>>> values = new HashMap<>();
        for (int i = 0; i < tabs.size(); i++) {
            List<List<Object>> cells = answered.get(i).getValues();
            values.put(tabs.get(i).feed(), cells == null ? List.of() : cells);
        }
        return values;
    }

    /** Its zone and its tabs. One small request. */
    SpreadsheetLayout layout() throws InterruptedException {
        com.google.api.services.sheets.v4.model.Spreadsheet answer = ask(
                com.google.api.services.sheets.v4.model.Spreadsheet.class,
                () -> sheets.spreadsheets()
                        .get(spreadsheet.id())
                        .setFields("properties.timeZone,sheets.properties(title,sheetType)")
                        .buildHttpRequest());
        SpreadsheetProperties properties = answer.getProperties();
        List<Sheet> all = answer.getSheets() == null ? List.of() : answer.getSheets();
        return new SpreadsheetLayout(
                zone(properties == null ? null : properties.getTimeZone()),
                all.stream()
                        .map(Sheet::getProperties)
                        .filter(tab ->
                                tab.getSheetType() == null || tab.getSheetType().equals("GRID"))
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

    private <T> T ask(Class<T> type, Request request) throws InterruptedException {
        return guard.call(() -> attempt(type, request));
    }

    private <T> T attempt(Class<T> type, Request request) {
        long begun = System.nanoTime();
        String status = "failed";
        HttpResponse response = null;
        try {
            // Google's own way of executing prints the stack of an answer that it can't read.
            response = request.build().setThrowExceptionOnExecuteError(false).execute();
            if (!response.isSuccessStatusCode()) {
                status = Integer.toString(response.getStatusCode());
                throw trouble.refused(
                        response.getStatusCode(), response.getHeaders().getRetryAfter(), response.parseAsString());
            }
            T answer = response.parseAs(type);
            status = Integer.toString(response.getStatusCode());
            return answer;
        } catch (IOException e) {
            // Nothing was read; the guard repeats the request, or the pass ends and says so.
            throw trouble.unanswered(e);
        } finally {
            disconnect(response);
            meters.timer(Meter.PRODUCER_REQUESTS, connection, status)
                    .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }

    private static void disconnect(@Nullable HttpResponse response) {
        try {
            if (response != null) {
                response.disconnect();
            }
        } catch (IOException e) {
            // The answer has been read, or given up; the connection is dropped either way.
        }
    }

    private static String root(String url) {
        return url.endsWith("/") ? url : url + "/";
    }
}
