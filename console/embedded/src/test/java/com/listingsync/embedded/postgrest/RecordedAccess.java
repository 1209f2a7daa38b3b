package com.listingsync.embedded.postgrest;

import static com.listingsync.embedded.postgrest.Listings.array;
import static com.listingsync.embedded.postgrest.Listings.listing;
import static com.listingsync.embedded.postgrest.RecordedCase.recorded;
import static com.listingsync.embedded.postgrest.RecordedCase.upsert;
import static com.listingsync.embedded.postgrest.RecordedRefusals.error;

import com.listingsync.embedded.postgrest.RecordedCase.As;
import java.util.List;

/** Section E: authentication and authorisation. */
final class RecordedAccess {
    private static final String NO_RIGHT = error("42501", "permission denied for table property_listings");
    private static final String RLS =
            error("42501", "new row violates row-level security policy for table \\\"rls_t\\\"");
    private static final String ROW = "[{\"id\": 1, \"owner\": \"x\"}]";

    private RecordedAccess() {}

    static List<RecordedCase> sectionE() {
        return List.of(
                listingAs(53, "no token", As.NOBODY)
                        .refuses(401, "42501", NO_RIGHT)
                        .header("WWW-Authenticate", "Bearer"),
                listingAs(54, "anon JWT without the right to insert", As.ANON)
                        .refuses(401, "42501", NO_RIGHT)
                        .header("WWW-Authenticate", "Bearer"),
                badToken(55, "wrong signature", As.WRONG_SIGNATURE, "PGRST301", "No suitable key or wrong key type")
                        .body(
                                "{\"code\":\"PGRST301\",\"details\":\"None of the keys was able to decode the JWT\",\"hint\":null,"
                                        + "\"message\":\"No suitable key or wrong key type\"}"),
                badToken(56, "garbage token", As.GARBAGE, "PGRST301", "Expected 3 parts in JWT; got 1"),
                badToken(57, "opaque key as bearer", As.OPAQUE_KEY, "PGRST301", "Expected 3 parts in JWT; got 1"),
                badToken(58, "alg=none", As.ALG_NONE, "PGRST301", "Wrong or unsupported encoding algorithm")
                        .body(
                                "{\"code\":\"PGRST301\",\"details\":\"JWT is unsecured but expected 'alg' was not 'none'\",\"hint\":null,"
                                        + "\"message\":\"Wrong or unsupported encoding algorithm\"}"),
                badToken(59, "empty bearer", As.EMPTY, "PGRST301", "Empty JWT is sent in Authorization header"),
                badToken(60, "expired token", As.EXPIRED, "PGRST303", "JWT expired"),
                badToken(61, "token not yet valid", As.NOT_YET_VALID, "PGRST303", "JWT not yet valid"),
                recorded(62, "expired inside the allowed skew")
                        .send("GET", "/property_listings?limit=0")
                        .as(As.EXPIRED_TEN_SECONDS_AGO)
                        .answers(200)
                        .header("Content-Range", "*/*")
                        .header("Content-Location", "/property_listings?limit=0")
                        .body("[]"),
                listingAs(63, "role that does not exist", As.NO_SUCH_ROLE)
                        .refuses(401, "22023", error("22023", "role \\\"no_such_role\\\" does not exist"))
                        .header("WWW-Authenticate", "Bearer"),
                listingAs(64, "role that may not be assumed", As.POSTGRES)
                        .refuses(403, "42501", error("42501", "permission denied to set role \\\"postgres\\\"")),
                recorded(65, "only an apikey header")
                        .send("GET", "/property_listings?limit=0")
                        .as(As.NOBODY)
                        .with("apikey", "whatever")
                        .answers(200)
                        .header("Content-Range", "*/*")
                        .body("[]"),
                listingAs(66, "authenticated without the right to insert", As.AUTHENTICATED)
                        .refuses(403, "42501", NO_RIGHT)
                        .noHeader("WWW-Authenticate"),
                secured(67, "RLS refuses the insert of authenticated", As.AUTHENTICATED)
                        .refuses(403, "42501", RLS),
                secured(68, "RLS refuses the insert of anon", As.ANON)
                        .refuses(401, "42501", RLS)
                        .header("WWW-Authenticate", "Bearer"),
                secured(69, "service_role bypasses RLS", As.SERVICE_ROLE).answers(201, "*/*", "return=minimal"),
                recorded(70, "RLS hides rows from an update")
                        .send("PATCH", "/rls_t?id=eq.1", "{\"owner\": \"y\"}")
                        .as(As.ANON)
                        .prefer("return=minimal,count=exact")
                        .answers(204, "*/0", "return=minimal, count=exact")
                        .leaves("select owner from rls_t where id = 1", "x"));
    }

    private static RecordedCase listingAs(int number, String title, As as) {
        return upsert(number, title, array(listing(1))).as(as);
    }

    private static RecordedCase badToken(int number, String title, As as, String code, String message) {
        return listingAs(number, title, as)
                .refuses(401, code, error(code, message))
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\", error_description=\"" + message + "\"");
    }

    private static RecordedCase secured(int number, String title, As as) {
        return recorded(number, title).post("/rls_t", ROW).as(as).prefer("return=minimal");
    }
}
