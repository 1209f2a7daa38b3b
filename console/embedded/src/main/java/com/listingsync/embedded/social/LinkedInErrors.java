package com.listingsync.embedded.social;

import com.listingsync.embedded.upstream.Reply;

/** Error answers of LinkedIn's REST API, as its reference prints them. */
final class LinkedInErrors {

    private LinkedInErrors() {}

    static Reply badToken() {
        return Reply.json(
                401,
                "{\"status\":401,\"serviceErrorCode\":65600,\"code\":\"INVALID_ACCESS_TOKEN\",\"message\":\"Invalid access token\"}");
    }

    static Reply noVersion() {
        return Reply.json(
                400,
                "{\"status\":400,\"code\":\"VERSION_MISSING\",\"message\":\"A version must be present. Please specify a version by"
                        + " adding the LinkedIn-Version header.\"}");
    }

    static Reply badMethod() {
        return Reply.json(405, "{\"status\":405,\"message\":\"Method not allowed\"}");
    }
}
