package com.listingsync.embedded.postgrest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One way in which Supabase REST, or the gateway before it, goes wrong with a request. */
public sealed interface RestFault {

    /** Another answer in place of the right one; nothing is written. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Answered(int status, Map<String, String> headers, byte[] body) implements RestFault {
        public Answered {
            headers = Map.copyOf(headers);
        }
    }

    /** No answer and no end, until the faults are cleared or the server closes; nothing is written. */
    record Hanging() implements RestFault {}

    /** The right answer, after this long. */
    record Slow(Duration delay) implements RestFault {}

    /** The end of the connection before anything is done. */
    record Cut() implements RestFault {}

    /** Everything is done and committed, and then the connection ends without an answer: an unknown outcome to the client. */
    record CutAfterCommit() implements RestFault {}

    /** An error as PostgREST words it, with its code in the body; an empty code is what a dead database looks like. */
    static RestFault error(int status, String code, String message) {
        String json = "{\"code\":\"" + code + "\",\"details\":null,\"hint\":null,\"message\":\"" + message + "\"}";
        return new Answered(status, Map.of("Content-Type", Answer.JSON), json.getBytes(StandardCharsets.UTF_8));
    }

    /** A status as a gateway answers it: with a web page. */
    static RestFault gateway(int status) {
        return gateway(status, Map.of());
    }

    /** A status as a gateway answers it, with more headers, such as {@code Retry-After}. */
    static RestFault gateway(int status, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "text/html");
        return new Answered(status, all, ("<html><h1>" + status + "</h1></html>").getBytes(StandardCharsets.UTF_8));
    }

    static RestFault hanging() {
        return new Hanging();
    }

    static RestFault slow(Duration delay) {
        return new Slow(delay);
    }

    static RestFault cut() {
        return new Cut();
    }

    static RestFault cutAfterCommit() {
        return new CutAfterCommit();
    }
}
