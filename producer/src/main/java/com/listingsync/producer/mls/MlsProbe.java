package com.listingsync.producer.mls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.wire.Json;
import com.listingsync.producer.connection.MlsAccount;
import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.source.Observation;
import com.listingsync.producer.upstream.Glance;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** What an MLS account shows to two requests: its metadata, and the beginning of one feed. Stateless. */
public final class MlsProbe {

    private static final long MOST_METADATA = 32L << 20;
    private static final long MOST_PAGE = 8L << 20;
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final List<String> LIMIT_WORDS = List.of("rate", "quota", "retry-after");

    private MlsProbe() {}

    /** Two requests, none repeated. */
    public static List<Observation> of(
            String connection, MlsAccount mls, Guard guard, Duration patience, Meters meters, Clock clock) {
        List<Observation> seen = new ArrayList<>();
        try (UpstreamHttp http = new UpstreamHttp(connection, mls.auth(), guard, patience, meters, clock)) {
            HttpUrl root = HttpUrl.get(mls.url().toString());
            Glance metadata = http.glance(
                    root.newBuilder().addPathSegment("$metadata").build(), "application/xml", MOST_METADATA);
            if (metadata.status() == 401 || metadata.status() == 403) {
                seen.add(Observation.bad(
                        "token",
                        root.host() + " does not accept the token (HTTP " + metadata.status() + ")",
                        "put a valid token into connection " + connection + " of the connections file"));
                return seen;
            }
            fields(seen, mls, metadata);
            page(seen, mls, http, root, clock);
        } catch (IOException e) {
            // Nothing was asked again: the person does, after having looked at this.
            seen.add(Observation.bad(
                    "address",
                    "no answer from " + mls.url().getHost() + ": "
                            + e.getClass().getSimpleName(),
                    "check url of connection " + connection + ", the network and the proxy"));
        } catch (UpstreamException e) {
            seen.add(
                    Observation.bad("token", String.valueOf(e.getMessage()), "check auth of connection " + connection));
        }
        return seen;
    }

    private static void fields(List<Observation> seen, MlsAccount mls, Glance metadata) {
        Optional<MetadataFields> document =
                metadata.status() == 200 ? MetadataFields.of(metadata.body()) : Optional.empty();
        if (document.isEmpty()) {
            seen.add(Observation.warning(
                    "metadata",
                    "$metadata can't be read (HTTP " + metadata.status() + "); fields can't be checked",
                    "some servers keep it back; ask the MLS if feeds fail"));
            return;
        }
        boolean whole = true;
        for (MlsFeed feed : mls.feeds()) {
            Set<String> there = document.get().byResource().get(feed.resource());
            if (there == null) {
                whole = false;
                seen.add(Observation.bad(
                        feed.name(),
                        "there is no resource " + feed.resource(),
                        "mend resource of feed " + feed.name() + ", or take the feed out"));
                continue;
            }
            for (String field : needed(feed)) {
                if (!there.contains(field)) {
                    whole = false;
                    seen.add(Observation.bad(
                            feed.name(),
                            feed.resource() + " has no field " + field
                                    + (field.equals(feed.clockField()) ? ", by whose time it is read" : ""),
                            "mend key or clock of feed " + feed.name() + " in the connections file"));
                }
            }
        }
        if (whole) {
            seen.add(Observation.good(
                    "metadata", mls.feeds().size() + " resources with their key, clock and link fields"));
        }
    }

    private static Set<String> needed(MlsFeed feed) {
        return new LinkedHashSet<>(List.of(feed.keyField(), feed.clockField(), feed.listingField()));
    }

    private static void page(List<Observation> seen, MlsAccount mls, UpstreamHttp http, HttpUrl root, Clock clock)
            throws IOException {
        MlsFeed feed = mls.feeds().get(0);
        HttpUrl url = FeedQuery.of(mls.url(), feed, false, List.of())
                .first(Cursor.FIRST, feed.pageSize())
                .newBuilder()
                .addEncodedQueryParameter("$select", feed.keyField() + "," + feed.clockField())
                .build();
        Glance page = http.glance(url, "application/json", MOST_PAGE);
        limits(seen, page);
        skew(seen, page, clock);
        if (page.status() == 429) {
            seen.add(Observation.warning(
                    "limit", root.host() + " asks to wait: too many requests", "lower the limits of the connection"));
            return;
        }
        if (page.status() != 200) {
            seen.add(Observation.bad(
                    feed.name(),
                    "a page of " + feed.resource() + " is refused with HTTP " + page.status(),
                    "check profile, paging, clock, key and filter of feed " + feed.name()));
            return;
        }
        seen.add(Observation.good("token", "accepted"));
        records(seen, feed, page);
    }

    private static void records(List<Observation> seen, MlsFeed feed, Glance page) {
        try {
            JsonNode body = Json.MAPPER.readTree(page.body());
            int rows = body.path("value").size();
            boolean more = body.hasNonNull("@odata.nextLink");
            if (!body.path("value").isArray()) {
                seen.add(
                        Observation.bad(feed.name(), "the answer has no records", "check url: it is no OData service"));
            } else if (rows < feed.pageSize() && more) {
                seen.add(Observation.warning(
                        "page",
                        "asked for " + feed.pageSize() + " records of " + feed.resource() + ", got " + rows
                                + ": the server gives no more a page",
                        "set page_size: " + rows + " for feed " + feed.name()));
            } else if (rows == 0) {
                seen.add(Observation.warning(
                        "page",
                        "no records of " + feed.resource() + " are shown to this token",
                        "ask the MLS whether the account is licensed for this feed"));
            } else {
                seen.add(Observation.good("page", rows + " records of " + feed.resource() + " in one answer"));
            }
        } catch (JsonProcessingException e) {
            // A page of HTML with status 200 is seen in the wild (facts.md §1).
            seen.add(Observation.bad(feed.name(), "the answer is no JSON", "check url: it is no OData service"));
        }
    }

    private static void limits(List<Observation> seen, Glance page) {
        List<String> told = page.headers().entrySet().stream()
                .filter(header -> LIMIT_WORDS.stream()
                        .anyMatch(
                                word -> header.getKey().toLowerCase(Locale.ROOT).contains(word)))
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList();
        seen.add(Observation.good(
                "limit", told.isEmpty() ? "the server tells nothing of limits" : String.join(", ", told)));
    }

    private static void skew(List<Observation> seen, Glance page, Clock clock) {
        String date = page.headers().get("Date");
        if (date == null) {
            return;
        }
        try {
            Instant there = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
            Duration apart = Duration.between(there, clock.instant()).abs();
            if (apart.compareTo(SKEW) > 0) {
                seen.add(Observation.bad(
                        "clock",
                        "this machine's clock and the server's are " + apart.toSeconds() + " s apart",
                        "let the machine set its clock by NTP"));
            }
        } catch (DateTimeParseException e) {
            // A header that is no date tells nothing.
            seen.add(Observation.warning("clock", "the server's Date header is no date", "nothing to do here"));
        }
    }
}
