package com.listingsync.producer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/**
 * An MLS with listings that come, go and return as a test says: it answers pages by clock, pages by key, and single keys, each
 * page with all the rows that are left.
 */
final class TinyMls implements AutoCloseable {

    private static final Pattern KEY_AFTER = Pattern.compile("ListingKey gt '([^']*)'");
    private static final Pattern KEY_IS = Pattern.compile("ListingKey eq '([^']*)'");
    private static final Pattern CLOCK_AFTER = Pattern.compile("\\(ModificationTimestamp gt ([^)]*)\\) or");

    private final MockWebServer server = new MockWebServer();

    /** Clock by key. */
    private final Map<String, String> rows = new ConcurrentSkipListMap<>();

    /** Key by sequence. */
    private final ConcurrentSkipListMap<Long, String> events = new ConcurrentSkipListMap<>();

    private volatile boolean eventsGone;

    private final List<String> queries = new CopyOnWriteArrayList<>();
    private volatile Function<String, String> keys = body -> body;
    private volatile Runnable onKeys = () -> {};

    TinyMls() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request.getUrl());
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    TinyMls with(int from, int to, String clock) {
        for (int i = from; i < to; i++) {
            rows.put("L%04d".formatted(i), clock);
        }
        return this;
    }

    void remove(int from, int to) {
        for (int i = from; i < to; i++) {
            rows.remove("L%04d".formatted(i));
        }
    }

    /** Notes an event of a listing in the event log. */
    TinyMls happened(long sequence, int listing) {
        events.put(sequence, "L%04d".formatted(listing));
        return this;
    }

    /** Forgets the events before this one, as a server that keeps them for some days. */
    void forgetEventsBefore(long sequence) {
        events.headMap(sequence).clear();
    }

    void answerNoEvents(boolean none) {
        eventsGone = none;
    }

    /** Changes every answer that holds keys alone. */
    void keysAnswered(Function<String, String> by) {
        keys = by;
    }

    /** Is run before every answer that holds keys alone. */
    void whenKeysAreRead(Runnable then) {
        onKeys = then;
    }

    /** What was asked for, decoded. */
    List<String> queries() {
        return queries;
    }

    String yaml(String name, String feed) {
        return yaml(name, "", feed);
    }

    /** @param more another line of the connection */
    String yaml(String name, String more, String feed) {
        return """
                connections:
                  - name: %s
                    kind: mls
                    profile: reso
                    url: http://%s:%s/odata
                    auth: {token: t}
                    %s
                    feeds: {property: {%s}}
                """.formatted(name, server.getHostName(), server.getPort(), more, feed);
    }

    @Override
    public void close() {
        server.close();
    }

    private MockResponse answer(HttpUrl url) {
        String filter = url.queryParameter("$filter") == null ? "" : url.queryParameter("$filter");
        queries.add(url.pathSegments().get(1) + "?" + url.query());
        if (url.pathSegments().contains("EntityEvent")) {
            return eventsGone ? new MockResponse.Builder().code(404).build() : events(url, filter);
        }
        boolean keysOnly = url.queryParameter("$select") != null;
        if (keysOnly) {
            onKeys.run();
        }
        Map<String, String> found = new TreeMap<>(rows);
        String count = url.queryParameter("$count") == null ? "" : "\"@odata.count\":" + found.size() + ",";
        Matcher clock = CLOCK_AFTER.matcher(filter);
        Matcher after = KEY_AFTER.matcher(filter);
        if (clock.find()) {
            String from = clock.group(1);
            String key = after.find() ? after.group(1) : "";
            found.entrySet()
                    .removeIf(row -> row.getValue().compareTo(from) < 0
                            || (row.getValue().equals(from) && row.getKey().compareTo(key) <= 0));
        } else if (after.find()) {
            found.keySet().removeIf(key -> key.compareTo(after.group(1)) <= 0);
        }
        if (filter.startsWith("(ListingKey eq")) {
            found.keySet()
                    .retainAll(KEY_IS.matcher(filter.substring(0, filter.indexOf(") and")))
                            .results()
                            .map(one -> one.group(1))
                            .collect(Collectors.toSet()));
        }
        String body = found.entrySet().stream()
                .sorted(
                        keysOnly
                                ? Map.Entry.comparingByKey()
                                : Map.Entry.<String, String>comparingByValue()
                                        .thenComparing(Map.Entry.comparingByKey()))
                .map(row -> "{\"ListingKey\":\"" + row.getKey() + "\",\"ModificationTimestamp\":\"" + row.getValue()
                        + "\"}")
                .collect(Collectors.joining(",", "{" + count + "\"value\":[", "]}"));
        return new MockResponse.Builder()
                .body(keysOnly ? keys.apply(body) : body)
                .build();
    }

    private MockResponse events(HttpUrl url, String filter) {
        Matcher from = Pattern.compile("EntityEventSequence ge (\\d+)").matcher(filter);
        Map<Long, String> some = from.find() ? events.tailMap(Long.parseLong(from.group(1)), true) : events;
        boolean newest = String.valueOf(url.queryParameter("$orderby")).endsWith(" desc");
        String body = (newest ? events.descendingMap() : some)
                .entrySet().stream()
                        .limit(Integer.parseInt(String.valueOf(url.queryParameter("$top"))))
                        .map(event -> "{\"EntityEventSequence\":" + event.getKey()
                                + ",\"ResourceName\":\"Property\",\"ResourceRecordKey\":\"" + event.getValue() + "\"}")
                        .collect(Collectors.joining(",", "{\"value\":[", "]}"));
        return new MockResponse.Builder().body(body).build();
    }
}
