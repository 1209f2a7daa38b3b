package com.listingsync.embedded.postgrest;

import static com.listingsync.embedded.postgrest.Listings.array;
import static com.listingsync.embedded.postgrest.Listings.listing;
import static com.listingsync.embedded.postgrest.RecordedCase.recorded;
import static com.listingsync.embedded.postgrest.RecordedCase.upsert;
import static com.listingsync.embedded.postgrest.RecordedRefusals.error;

import com.listingsync.embedded.postgrest.RecordedCase.As;
import java.util.List;
import java.util.stream.Stream;

/** Sections F (reads, PATCH, DELETE, RPC) and the functions of G that raise an error. */
final class RecordedReads {
    private static final String COUNTED = "return=minimal,count=exact";
    private static final String COUNTED_APPLIED = "return=minimal, count=exact";

    private RecordedReads() {}

    static List<RecordedCase> sectionF() {
        return Stream.of(reads(), changes(), calls(), protocol())
                .flatMap(List::stream)
                .toList();
    }

    private static List<RecordedCase> reads() {
        return List.of(
                recorded(71, "filters, order, range")
                        .send(
                                "GET",
                                "/property_listings?select=property_number,price&price=gte.100000&status=eq.FOR_SALE"
                                        + "&order=property_number.desc&limit=3")
                        .prefer("count=exact")
                        .answers(206)
                        .header("Content-Range", "0-2/109")
                        .header(
                                "Content-Location",
                                "/property_listings?limit=3&order=property_number.desc&price=gte.100000"
                                        + "&select=property_number%2Cprice&status=eq.FOR_SALE")
                        .header("Preference-Applied", "count=exact")
                        .body(
                                "[{\"property_number\":\"P07777\",\"price\":107777}, \n {\"property_number\":\"P06001\",\"price\":106001}, \n"
                                        + " {\"property_number\":\"P06000\",\"price\":106000}]"),
                recorded(72, "in.() filter")
                        .send(
                                "GET",
                                "/property_listings?select=property_number&property_number=in.(P00001,P00002,\"P,odd\")&order=property_number")
                        .answers(200)
                        .header("Content-Range", "0-1/*")
                        .header(
                                "Content-Location",
                                "/property_listings?order=property_number&property_number=in.%28P00001%2CP00002%2C%22P%2Codd%22%29"
                                        + "&select=property_number")
                        .body("[{\"property_number\":\"P00001\"}, \n {\"property_number\":\"P00002\"}]"),
                recorded(73, "one object, none found")
                        .send("GET", "/property_listings?property_number=eq.nope")
                        .with("Accept", "application/vnd.pgrst.object+json")
                        .refuses(
                                406,
                                "PGRST116",
                                "{\"code\":\"PGRST116\",\"details\":\"The result contains 0 rows\",\"hint\":null,"
                                        + "\"message\":\"Cannot coerce the result to a single JSON object\"}"),
                recorded(74, "bad filter operator")
                        .send("GET", "/property_listings?price=foo.1")
                        .refuses(
                                400,
                                "PGRST100",
                                "{\"code\":\"PGRST100\",\"details\":\"unexpected \\\"f\\\" expecting \\\"not\\\" or operator"
                                        + " (eq, gt, ...)\",\"hint\":null,\"message\":\"\\\"failed to parse filter (foo.1)\\\" (line 1, column 1)\"}"),
                recorded(75, "filter on an unknown column")
                        .send("GET", "/property_listings?nope=eq.1")
                        .refuses(400, "42703", error("42703", "column property_listings.nope does not exist")),
                recorded(76, "cast failure in a filter")
                        .send("GET", "/property_listings?price=eq.abc")
                        .refuses(400, "22P02", error("22P02", "invalid input syntax for type numeric: \\\"abc\\\"")),
                recorded(77, "offset past the end with count")
                        .send("GET", "/property_listings?limit=10&offset=100000")
                        .prefer("count=exact")
                        .answers(416)
                        .header("Content-Range", "*/158")
                        .header("Content-Location", "/property_listings?limit=10&offset=100000")
                        .header("Preference-Applied", "count=exact")
                        .noHeader("Proxy-Status"));
    }

    private static List<RecordedCase> changes() {
        return List.of(
                recorded(78, "PATCH")
                        .send("PATCH", "/property_listings?property_number=eq.P00001", "{\"status\": \"SOLD\"}")
                        .prefer(COUNTED)
                        .answers(204, "0-0/1", COUNTED_APPLIED)
                        .leaves("select status from property_listings where property_number = 'P00001'", "SOLD"),
                recorded(79, "PATCH matching no row")
                        .send("PATCH", "/property_listings?property_number=eq.nope", "{\"status\": \"SOLD\"}")
                        .prefer("return=minimal")
                        .answers(204, "*/*", "return=minimal"),
                recorded(80, "PATCH matching no row, return=representation")
                        .send("PATCH", "/property_listings?property_number=eq.nope", "{\"status\": \"SOLD\"}")
                        .prefer("return=representation")
                        .answers(200)
                        .header("Content-Range", "*/*")
                        .header("Preference-Applied", "return=representation")
                        .body("[]"),
                recorded(81, "PATCH guarded by a version")
                        .send("PATCH", "/property_listings?property_number=eq.P00001&price=lt.50", "{\"price\": 60}")
                        .prefer(COUNTED)
                        .answers(204, "*/0", COUNTED_APPLIED),
                recorded(82, "DELETE with count")
                        .send("DELETE", "/property_listings?property_number=in.(P00001,P00002)")
                        .prefer(COUNTED)
                        .answers(204, "*/2", COUNTED_APPLIED)
                        .leaves(
                                "select count(*) from property_listings where property_number in ('P00001', 'P00002')",
                                "0"),
                recorded(83, "DELETE matching nothing")
                        .send("DELETE", "/property_listings?property_number=eq.nope")
                        .prefer(COUNTED)
                        .answers(204, "*/0", COUNTED_APPLIED));
    }

    private static List<RecordedCase> calls() {
        return List.of(
                recorded(84, "RPC")
                        .post("/rpc/add_them", "{\"a\": 1, \"b\": 2}")
                        .answers(200)
                        .header("Content-Range", "0-0/*")
                        .header("Content-Type", "application/json; charset=utf-8")
                        .body("3"),
                recorded(85, "RPC, unknown argument")
                        .post("/rpc/add_them", "{\"a\": 1, \"c\": 2}")
                        .refuses(
                                404,
                                "PGRST202",
                                "{\"code\":\"PGRST202\",\"details\":\"Searched for the function public.add_them with parameters"
                                        + " a, c or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.\","
                                        + "\"hint\":\"Perhaps you meant to call the function public.add_them(a, b)\",\"message\":\"Could not find the"
                                        + " function public.add_them(a, c) in the schema cache\"}"),
                recorded(86, "RPC: version-guarded upsert, newer")
                        .post(
                                "/rpc/upsert_if_newer",
                                "{\"rows\": " + array(versioned("W1", 5), versioned("W2", 5)) + "}")
                        .answers(200)
                        .body("2"),
                recorded(87, "RPC: version-guarded upsert, stale row is not written")
                        .post(
                                "/rpc/upsert_if_newer",
                                "{\"rows\": " + array(versioned("W1", 4), versioned("W2", 6)) + "}")
                        .answers(200)
                        .body("1")
                        .leaves(
                                "select string_agg(property_number || '|' || price, ' ; ' order by 1) from versioned_listings",
                                "W1|5 ; W2|6"));
    }

    private static List<RecordedCase> protocol() {
        return List.of(
                upsert(88, "unknown schema", array(listing(1)))
                        .with("Content-Profile", "private")
                        .refuses(
                                406,
                                "PGRST106",
                                "{\"code\":\"PGRST106\",\"details\":null,\"hint\":\"Only the following schemas are exposed:"
                                        + " public\",\"message\":\"Invalid schema: private\"}"),
                recorded(89, "unsupported method")
                        .send("TRACE", "/property_listings")
                        .refuses(405, "PGRST117", error("PGRST117", "Unsupported HTTP method: TRACE")),
                recorded(90, "CORS preflight")
                        .send("OPTIONS", "/property_listings")
                        .as(As.NOBODY)
                        .with("Origin", "http://x")
                        .with("Access-Control-Request-Method", "POST")
                        .answers(200)
                        .header("Access-Control-Allow-Origin", "*")
                        .header("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD")
                        .header("Access-Control-Max-Age", "86400")
                        .body(""));
    }

    /** Cases 93 to 100; 91 and 92 have no answer at all. */
    static List<RecordedCase> sectionG() {
        return List.of(
                raised(93, "57014", 500),
                raised(94, "53300", 503).header("Retry-After", "0"),
                raised(95, "55P03", 500),
                raised(96, "57P01", 503).header("Retry-After", "0"),
                raised(97, "08006", 503).header("Retry-After", "0"),
                raised(98, "XX000", 500),
                raised(99, "P0001", 400),
                raised(100, "23P01", 400));
    }

    private static RecordedCase raised(int number, String code, int status) {
        return recorded(number, "RPC raising " + code)
                .post("/rpc/boom", "{\"code\": \"" + code + "\"}")
                .refuses(status, code, error(code, "boom " + code));
    }

    private static String versioned(String key, int version) {
        return "{\"property_number\": \"%s\", \"title\": \"t%d\", \"price\": %d, \"status\": \"S\", \"source_version\": %d, "
                        .formatted(key, version, version, version)
                + "\"updated_at\": \"2026-11-22T00:00:00Z\"}";
    }
}
