package com.listingsync.embedded.postgrest;

import static com.listingsync.embedded.postgrest.Listings.array;
import static com.listingsync.embedded.postgrest.Listings.listing;
import static com.listingsync.embedded.postgrest.Listings.listings;
import static com.listingsync.embedded.postgrest.RecordedCase.MERGE;
import static com.listingsync.embedded.postgrest.RecordedCase.MERGE_APPLIED;
import static com.listingsync.embedded.postgrest.RecordedCase.recorded;
import static com.listingsync.embedded.postgrest.RecordedCase.upsert;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sections A (upsert, success paths) and B (row keys, {@code columns=}, {@code missing=default}). */
final class RecordedUpserts {
    private static final String COUNT = "select count(*) from property_listings";
    private static final String ON_NUMBER = "/property_listings?on_conflict=property_number";

    private RecordedUpserts() {}

    static List<RecordedCase> sectionA() {
        String allAtFive =
                IntStream.range(0, 100).mapToObj(i -> listing(i, "5")).collect(Collectors.joining(", ", "[", "]"));
        return List.of(
                upsert(1, "bulk upsert of 100 new rows", listings(0, 100))
                        .answers(201, "*/*", MERGE_APPLIED)
                        .header("Content-Length", "0")
                        .leaves(COUNT, "100"),
                upsert(2, "same 100 rows again", allAtFive)
                        .answers(200, "*/*", MERGE_APPLIED)
                        .leaves(COUNT + " where price = 5", "100"),
                upsert(3, "half new, half existing", listings(50, 150))
                        .answers(201, "*/*", MERGE_APPLIED)
                        .leaves(COUNT, "150"),
                recorded(4, "return=representation")
                        .post(ON_NUMBER + "&select=property_number,price", array(listing(1), listing(2000)))
                        .prefer("resolution=merge-duplicates,return=representation")
                        .answers(201)
                        .header("Content-Range", "*/*")
                        .header("Preference-Applied", "resolution=merge-duplicates, return=representation")
                        .header("Content-Type", "application/json; charset=utf-8")
                        .body(
                                "[{\"property_number\":\"P00001\",\"price\":100001}, \n {\"property_number\":\"P02000\",\"price\":102000}]"),
                recorded(5, "return=headers-only")
                        .post(ON_NUMBER, listing(3))
                        .prefer("resolution=merge-duplicates,return=headers-only")
                        .answers(200, "*/*", "resolution=merge-duplicates, return=headers-only")
                        .header("Location", "/property_listings?property_number=eq.P00003"),
                recorded(6, "count=exact with minimal")
                        .post(ON_NUMBER, listings(0, 5))
                        .prefer(MERGE + ",count=exact")
                        .answers(200, "*/5", MERGE_APPLIED + ", count=exact"),
                recorded(7, "ignore-duplicates and count=exact")
                        .post(ON_NUMBER, array(listing(1, "-1"), listing(3000, "-1")))
                        .prefer("resolution=ignore-duplicates,return=minimal,count=exact")
                        .answers(201, "*/1", "resolution=ignore-duplicates, return=minimal, count=exact")
                        .leaves("select price from property_listings where property_number = 'P00001'", "100001")
                        .leaves("select price from property_listings where property_number = 'P03000'", "-1"),
                recorded(8, "no on_conflict means the primary key")
                        .post("/property_listings", array(listing(1, "77")))
                        .prefer(MERGE)
                        .answers(200, "*/*", MERGE_APPLIED)
                        .leaves("select price from property_listings where property_number = 'P00001'", "77"),
                recorded(9, "plain insert of an existing key")
                        .post("/property_listings", array(listing(9001), listing(1)))
                        .prefer("return=minimal")
                        .refuses(
                                409,
                                "23505",
                                "{\"code\":\"23505\",\"details\":\"Key (property_number)=(P00001) already exists.\","
                                        + "\"hint\":null,\"message\":\"duplicate key value violates unique constraint \\\"property_listings_pkey\\\"\"}")
                        .leaves(COUNT + " where property_number = 'P09001'", "0"),
                upsert(10, "only the given columns are set", "[{\"property_number\": \"P00001\", \"price\": 42}]")
                        .answers(200, "*/*", MERGE_APPLIED)
                        .leaves(
                                "select concat_ws('|', property_number, title, price, status) from property_listings"
                                        + " where property_number = 'P00001'",
                                "P00001|House 1|42|FOR_SALE"),
                upsert(11, "an explicit null overwrites", "[{\"property_number\": \"P00001\", \"title\": null}]")
                        .answers(200, "*/*", MERGE_APPLIED)
                        .leaves("select title is null from property_listings where property_number = 'P00001'", "t"),
                upsert(12, "empty array", "[]").answers(200, "*/*", MERGE_APPLIED),
                recorded(13, "empty array with return=representation")
                        .post(ON_NUMBER, "[]")
                        .prefer("resolution=merge-duplicates,return=representation")
                        .answers(200)
                        .header("Content-Range", "*/*")
                        .header("Preference-Applied", "resolution=merge-duplicates, return=representation")
                        .body("[]"),
                upsert(14, "a single object", listing(11)).answers(200, "*/*", MERGE_APPLIED),
                recorded(15, "PUT")
                        .send("PUT", "/property_listings?property_number=eq.P00012", listing(12, "9"))
                        .answers(204)
                        .body("")
                        .noHeader("Content-Range")
                        .noHeader("Preference-Applied")
                        .leaves("select price from property_listings where property_number = 'P00012'", "9"),
                upsert(16, "CSV body", "property_number,price,status\nP00001,10,SOLD\nP00002,NULL,SOLD\n")
                        .with("Content-Type", "text/csv")
                        .answers(200, "*/*", MERGE_APPLIED)
                        .leaves(
                                "select string_agg(property_number || '|' || coalesce(price::text, '') || '|' || status, ' ; ' order by 1)"
                                        + " from property_listings where property_number in ('P00001', 'P00002')",
                                "P00001|10|SOLD ; P00002||SOLD"));
    }

    static List<RecordedCase> sectionB() {
        String uneven =
                "[{\"property_number\": \"P1\", \"price\": 1}, {\"property_number\": \"P2\", \"title\": \"x\"}]";
        return List.of(
                upsert(17, "objects with different keys", uneven)
                        .refuses(
                                400,
                                "PGRST102",
                                "{\"code\":\"PGRST102\",\"details\":null,\"hint\":null,\"message\":\"All object keys must match\"}"),
                recorded(18, "the same with columns=")
                        .post(ON_NUMBER + "&columns=property_number,price,title", uneven)
                        .prefer(MERGE)
                        .answers(201, "*/*", MERGE_APPLIED)
                        .leaves(
                                "select string_agg(concat(property_number, '|', coalesce(title, '∅'), '|', coalesce(price::text, '∅')), ' ; '"
                                        + " order by 1) from property_listings where property_number in ('P1', 'P2')",
                                "P1|∅|1 ; P2|x|∅"),
                recorded(19, "columns= ignores extra keys")
                        .post(
                                ON_NUMBER + "&columns=property_number,price",
                                "[{\"property_number\": \"P1\", \"price\": 2, \"no_such_column\": \"zzz\"}]")
                        .prefer(MERGE)
                        .answers(200, "*/*", MERGE_APPLIED),
                recorded(20, "missing=default")
                        .post(
                                "/guarded?columns=id,name,n",
                                "[{\"id\": 901, \"name\": \"a\"}, {\"id\": 902, \"name\": \"b\", \"n\": 1}]")
                        .prefer("missing=default,return=representation")
                        .answers(201)
                        .header("Content-Range", "*/*")
                        .header("Preference-Applied", "missing=default, return=representation")
                        .bodyLike(
                                "\\[\\{\"id\":901,\"name\":\"a\",\"qty\":null,\"code\":null,\"ref\":null,\"tag\":null,"
                                        + "\"created_at\":\"[-0-9T:.]+\\+00:00\",\"n\":7}, \\n \\{\"id\":902,\"name\":\"b\",\"qty\":null,"
                                        + "\"code\":null,\"ref\":null,\"tag\":null,\"created_at\":\"[-0-9T:.]+\\+00:00\",\"n\":1}]"),
                recorded(21, "the same without missing=default")
                        .post("/guarded?columns=id,name,n", "[{\"id\": 903, \"name\": \"a\"}]")
                        .prefer("return=representation")
                        .refuses(400, "23502")
                        .bodyLike(
                                "\\{\"code\":\"23502\",\"details\":\"Failing row contains \\(903, a, null, null, null, null, .*, null\\)\\.\","
                                        + "\"hint\":null,\"message\":\"null value in column \\\\\"n\\\\\" of relation \\\\\"guarded\\\\\""
                                        + " violates not-null constraint\"}"));
    }
}
