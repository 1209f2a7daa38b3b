package com.listingsync.console.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers that tell a browser what our answers may do: nothing but what the page needs. Stateless. */
public final class SecurityHeaders {

    private SecurityHeaders() {}

    /** For answers that are no page. */
    public static Map<String, String> forApi() {
        Map<String, String> headers = common();
        headers.put("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        return headers;
    }

    /**
     * For the page: scripts, styles and connections of our own, nothing inline but one import map, nowhere else.
     *
     * @param inlineScriptHash of the import map, such as {@code sha256-…}
     */
    public static Map<String, String> forPage(String inlineScriptHash) {
        Map<String, String> headers = common();
        headers.put(
                "content-security-policy",
                "default-src 'none'; script-src 'self' '" + inlineScriptHash
                        + "'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
                        + "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        return headers;
    }

    private static Map<String, String> common() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-content-type-options", "nosniff");
        headers.put("x-frame-options", "DENY");
        headers.put("referrer-policy", "no-referrer");
        headers.put("cross-origin-resource-policy", "same-origin");
        headers.put("cross-origin-opener-policy", "same-origin");
        headers.put("permissions-policy", "camera=(), geolocation=(), microphone=()");
        return headers;
    }
}
