package com.listingsync.embedded.postgrest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One numbered case of postgrest-wire.md: the request that was sent, and what a real PostgREST answered and did. */
final class RecordedCase {
    static final String MERGE = "resolution=merge-duplicates,return=minimal";
    static final String MERGE_APPLIED = "resolution=merge-duplicates, return=minimal";

    /** A query and the value it gives after the request. */
    record Effect(String query, @Nullable String value) {}

    /** Whose token goes with the request. */
    enum As {
        SERVICE_ROLE,
        ANON,
        AUTHENTICATED,
        WRONG_SIGNATURE,
        GARBAGE,
        OPAQUE_KEY,
        ALG_NONE,
        EMPTY,
        EXPIRED,
        NOT_YET_VALID,
        EXPIRED_TEN_SECONDS_AGO,
        NO_SUCH_ROLE,
        POSTGRES,
        NOBODY
    }

    final int number;
    final String title;
    String method = "GET";
    String path = "/";
    As as = As.SERVICE_ROLE;
    byte @Nullable [] body;
    final Map<String, String> requestHeaders = new LinkedHashMap<>();

    int status;

    @Nullable
    String code;

    @Nullable
    String expectedBody;

    @Nullable
    String bodyPattern;

    final Map<String, String> expectedHeaders = new LinkedHashMap<>();
    final List<String> absentHeaders = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();

    private RecordedCase(int number, String title) {
        this.number = number;
        this.title = title;
    }

    static RecordedCase recorded(int number, String title) {
        return new RecordedCase(number, title);
    }

    /** The upsert that most cases send: merge, minimal, on the table of listings. */
    static RecordedCase upsert(int number, String title, String json) {
        return recorded(number, title)
                .post("/property_listings?on_conflict=property_number", json)
                .prefer(MERGE);
    }

    RecordedCase post(String newPath, String json) {
        return send("POST", newPath, json);
    }

    RecordedCase send(String newMethod, String newPath, String json) {
        method = newMethod;
        path = newPath;
        body = json.getBytes(StandardCharsets.UTF_8);
        requestHeaders.put("Content-Type", "application/json");
        return this;
    }

    RecordedCase send(String newMethod, String newPath) {
        method = newMethod;
        path = newPath;
        return this;
    }

    RecordedCase bytes(byte[] bytes) {
        body = bytes;
        return this;
    }

    RecordedCase as(As newAs) {
        as = newAs;
        return this;
    }

    RecordedCase prefer(String preferences) {
        return with("Prefer", preferences);
    }

    RecordedCase with(String header, String value) {
        requestHeaders.put(header, value);
        return this;
    }

    RecordedCase without(String header) {
        requestHeaders.remove(header);
        return this;
    }

    RecordedCase answers(int expectedStatus) {
        status = expectedStatus;
        return this;
    }

    /** A success without a body. */
    RecordedCase answers(int expectedStatus, String contentRange, String preferenceApplied) {
        status = expectedStatus;
        expectedBody = "";
        return header("Content-Range", contentRange).header("Preference-Applied", preferenceApplied);
    }

    /** A refusal with this very body. */
    RecordedCase refuses(int expectedStatus, String expectedCode, String json) {
        return refuses(expectedStatus, expectedCode).body(json);
    }

    /** A refusal whose body holds values that differ from run to run. */
    RecordedCase refuses(int expectedStatus, String expectedCode) {
        status = expectedStatus;
        code = expectedCode;
        return header("Proxy-Status", "PostgREST; error=" + expectedCode)
                .header("Content-Type", "application/json; charset=utf-8");
    }

    RecordedCase body(String json) {
        expectedBody = json;
        return this;
    }

    RecordedCase bodyLike(String pattern) {
        bodyPattern = pattern;
        return this;
    }

    RecordedCase header(String name, String value) {
        expectedHeaders.put(name, value);
        return this;
    }

    RecordedCase noHeader(String name) {
        absentHeaders.add(name);
        return this;
    }

    /** What the table holds afterwards. */
    RecordedCase leaves(String query, @Nullable String value) {
        effects.add(new Effect(query, value));
        return this;
    }

    @Override
    public String toString() {
        return number + ". " + title;
    }
}
