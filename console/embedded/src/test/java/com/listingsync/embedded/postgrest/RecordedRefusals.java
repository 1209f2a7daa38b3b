package com.listingsync.embedded.postgrest;

import static com.listingsync.embedded.postgrest.Listings.array;
import static com.listingsync.embedded.postgrest.Listings.listing;
import static com.listingsync.embedded.postgrest.RecordedCase.MERGE;
import static com.listingsync.embedded.postgrest.RecordedCase.MERGE_APPLIED;
import static com.listingsync.embedded.postgrest.RecordedCase.recorded;
import static com.listingsync.embedded.postgrest.RecordedCase.upsert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Sections C (one bad row fails the whole batch) and D (shape and schema errors). */
final class RecordedRefusals {
    private static final String COUNT = "select count(*) from property_listings";
    private static final String ON_NUMBER = "/property_listings?on_conflict=property_number";
    private static final String INVALID_JSON = error("PGRST102", "Empty or invalid json");

    private RecordedRefusals() {}

    static List<RecordedCase> sectionC() {
        String tenWithOneBad = IntStream.range(5000, 5010)
                .mapToObj(i -> i == 5006 ? listing(i, "\"not-a-number\"") : listing(i))
                .collect(Collectors.joining(", ", "[", "]"));
        String twice = array(listing(6000), listing(6001), listing(6000, "1"));
        return List.of(
                upsert(22, "type error in row 7 of 10", tenWithOneBad)
                        .refuses(
                                400,
                                "22P02",
                                error("22P02", "invalid input syntax for type numeric: \\\"not-a-number\\\""))
                        .leaves(COUNT + " where property_number between 'P05000' and 'P05009'", "0"),
                upsert(
                                23,
                                "bad timestamp",
                                array(listing(5000), listing(5001, "105001", "\"yesterday-ish\""), listing(5002)))
                        .refuses(
                                400,
                                "22007",
                                error(
                                        "22007",
                                        "invalid input syntax for type timestamp with time zone: \\\"yesterday-ish\\\"")),
                upsert(
                                24,
                                "out-of-range date",
                                array(
                                        listing(5000),
                                        listing(5001, "105001", "\"2026-02-31T00:00:00Z\""),
                                        listing(5002)))
                        .refuses(
                                400,
                                "22008",
                                error("22008", "date/time field value out of range: \\\"2026-02-31T00:00:00Z\\\"")),
                upsert(25, "duplicate keys inside one batch", twice)
                        .refuses(
                                500,
                                "21000",
                                "{\"code\":\"21000\",\"details\":null,\"hint\":\"Ensure that no rows proposed for insertion within"
                                        + " the same command have duplicate constrained values.\",\"message\":\"ON CONFLICT DO UPDATE command cannot"
                                        + " affect row a second time\"}")
                        .leaves(COUNT + " where property_number like 'P0600_'", "0"),
                recorded(26, "duplicate keys with ignore-duplicates")
                        .post(ON_NUMBER, twice)
                        .prefer("resolution=ignore-duplicates,return=minimal,count=exact")
                        .answers(201, "*/2", "resolution=ignore-duplicates, return=minimal, count=exact")
                        .leaves("select price from property_listings where property_number = 'P06000'", "106000"),
                guarded(
                                27,
                                "NOT NULL violation",
                                "[{\"id\": 1, \"name\": \"a\", \"qty\": 1}, {\"id\": 2, \"name\": null, \"qty\": 1}]")
                        .refuses(400, "23502")
                        .bodyLike(
                                ".*\"details\":\"Failing row contains \\(2, null, 1, null, null, null, .*, 7\\)\\.\".*"
                                        + "null value in column .{2}name.{2} of relation .{2}guarded.{2} violates not-null constraint.*"),
                guarded(28, "CHECK violation", "[{\"id\": 1, \"name\": \"a\", \"qty\": -1}]")
                        .refuses(400, "23514")
                        .bodyLike(
                                ".*new row for relation .{2}guarded.{2} violates check constraint .{2}guarded_qty_check.*"),
                recorded(29, "UNIQUE violation on a second key")
                        .post(
                                "/guarded?on_conflict=id",
                                "[{\"id\": 1, \"name\": \"a\", \"code\": \"X\"}, {\"id\": 2, \"name\": \"b\", \"code\": \"X\"}]")
                        .prefer(MERGE)
                        .refuses(
                                409,
                                "23505",
                                "{\"code\":\"23505\",\"details\":\"Key (code)=(X) already exists.\",\"hint\":null,"
                                        + "\"message\":\"duplicate key value violates unique constraint \\\"guarded_code_key\\\"\"}"),
                guarded(30, "foreign key violation", "[{\"id\": 1, \"name\": \"a\", \"ref\": \"NOPE\"}]")
                        .refuses(
                                409,
                                "23503",
                                "{\"code\":\"23503\",\"details\":\"Key (ref)=(NOPE) is not present in table"
                                        + " \\\"property_listings\\\".\",\"hint\":null,\"message\":\"insert or update on table \\\"guarded\\\" violates"
                                        + " foreign key constraint \\\"guarded_ref_fkey\\\"\"}"),
                guarded(31, "value too long", "[{\"id\": 1, \"name\": \"a\", \"tag\": \"toolong\"}]")
                        .refuses(400, "22001", error("22001", "value too long for type character varying(5)")),
                upsert(32, "NUL character in a text", "[{\"property_number\":\"PNUL\",\"title\":\"a\\u0000b\"}]")
                        .refuses(
                                400,
                                "22P05",
                                "{\"code\":\"22P05\",\"details\":\"\\\\u0000 cannot be converted to text.\",\"hint\":null,"
                                        + "\"message\":\"unsupported Unicode escape sequence\"}"),
                upsert(33, "lone surrogate", "[{\"property_number\":\"PSUR\",\"title\":\"a\\ud800b\"}]")
                        .refuses(400, "PGRST102", INVALID_JSON),
                upsert(34, "invalid UTF-8 byte in the body", "")
                        .bytes("[{\"property_number\":\"PUTF\",\"title\":\"a\u00ffb\"}]"
                                .getBytes(StandardCharsets.ISO_8859_1))
                        .refuses(400, "PGRST102", INVALID_JSON),
                recorded(35, "25 digits survive into numeric")
                        .post(
                                ON_NUMBER + "&select=price",
                                "[{\"property_number\":\"PNUM\",\"price\":0.1234567890123456789012345}]")
                        .prefer("resolution=merge-duplicates,return=representation")
                        .answers(201)
                        .body("[{\"price\":0.1234567890123456789012345}]"),
                guarded(36, "integer out of range", "[{\"id\": 99999999999, \"name\": \"a\"}]")
                        .refuses(
                                400,
                                "22003",
                                error("22003", "value \\\"99999999999\\\" is out of range for type integer")));
    }

    static List<RecordedCase> sectionD() {
        String one = array(listing(1));
        String withNoSuch = "[" + listing(1).replace("}", ", \"no_such\": 1}") + "]";
        return List.of(
                upsert(37, "unknown column", withNoSuch)
                        .refuses(
                                400,
                                "PGRST204",
                                error(
                                        "PGRST204",
                                        "Could not find the 'no_such' column of 'property_listings' in the schema cache")),
                recorded(38, "unknown column named in columns=")
                        .post(ON_NUMBER + "&columns=property_number,nope", "[{\"property_number\": \"P1\"}]")
                        .prefer(MERGE)
                        .refuses(
                                400,
                                "PGRST204",
                                error(
                                        "PGRST204",
                                        "Could not find the 'nope' column of 'property_listings' in the schema cache")),
                recorded(39, "on_conflict names a column that does not exist")
                        .post("/property_listings?on_conflict=nope", one)
                        .prefer(MERGE)
                        .refuses(400, "42703", error("42703", "column \\\"nope\\\" does not exist")),
                recorded(40, "on_conflict column without a unique constraint")
                        .post("/property_listings?on_conflict=title", one)
                        .prefer(MERGE)
                        .refuses(
                                400,
                                "42P10",
                                error(
                                        "42P10",
                                        "there is no unique or exclusion constraint matching the ON CONFLICT specification")),
                recorded(41, "unknown table")
                        .post("/property_listing", one)
                        .prefer(MERGE)
                        .refuses(
                                404,
                                "PGRST205",
                                "{\"code\":\"PGRST205\",\"details\":null,\"hint\":\"Perhaps you meant the table"
                                        + " 'public.property_listings'\",\"message\":\"Could not find the table 'public.property_listing' in the schema"
                                        + " cache\"}"),
                upsert(42, "malformed JSON", "[{\"property_number\":\"P1\",").refuses(400, "PGRST102", INVALID_JSON),
                upsert(43, "empty body", "").refuses(400, "PGRST102", INVALID_JSON),
                upsert(44, "JSON scalar body", "\"x\"").answers(200, "*/*", MERGE_APPLIED),
                upsert(45, "wrong content type", "<x/>")
                        .with("Content-Type", "application/xml")
                        .refuses(400, "PGRST102", error("PGRST102", "Content-Type not acceptable: application/xml")),
                upsert(46, "no content type", one).without("Content-Type").answers(200, "*/*", MERGE_APPLIED),
                upsert(47, "gzip request body", "")
                        .bytes(gzip(one))
                        .with("Content-Encoding", "gzip")
                        .refuses(400, "PGRST102", INVALID_JSON),
                recorded(48, "Accept-Encoding: gzip on response")
                        .send("GET", "/property_listings?limit=1")
                        .with("Accept-Encoding", "gzip")
                        .answers(200)
                        .header("Content-Range", "0-0/*")
                        .header("Content-Location", "/property_listings?limit=1")
                        .header("Content-Type", "application/json; charset=utf-8")
                        .noHeader("Content-Encoding"),
                upsert(49, "unknown preference, lenient", one)
                        .prefer(MERGE + ",frobnicate=1")
                        .answers(200, "*/*", MERGE_APPLIED),
                upsert(50, "unknown preference, strict", one)
                        .prefer("handling=strict,resolution=merge-duplicates,frobnicate=1")
                        .refuses(
                                400,
                                "PGRST122",
                                "{\"code\":\"PGRST122\",\"details\":\"Invalid preferences: frobnicate=1\",\"hint\":null,"
                                        + "\"message\":\"Invalid preferences given with handling=strict\"}"),
                recorded(51, "max-affected exceeded")
                        .send("PATCH", "/property_listings?status=eq.FOR_SALE", "{\"status\": \"X\"}")
                        .prefer("handling=strict,max-affected=3,return=minimal")
                        .refuses(
                                400,
                                "PGRST124",
                                "{\"code\":\"PGRST124\",\"details\":\"The query affects 153 rows\",\"hint\":null,"
                                        + "\"message\":\"Query result exceeds max-affected preference constraint\"}")
                        .leaves(COUNT + " where status = 'X'", "0"),
                upsert(52, "tx=rollback is ignored", array(listing(7777)))
                        .prefer("resolution=merge-duplicates,tx=rollback,return=minimal")
                        .answers(201, "*/*", MERGE_APPLIED)
                        .leaves(COUNT + " where property_number = 'P07777'", "1"));
    }

    /** A body with neither details nor hint; the message as it stands in JSON. */
    static String error(String code, String message) {
        return "{\"code\":\"" + code + "\",\"details\":null,\"hint\":null,\"message\":\"" + message + "\"}";
    }

    private static RecordedCase guarded(int number, String title, String json) {
        return recorded(number, title).post("/guarded", json).prefer(MERGE);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
