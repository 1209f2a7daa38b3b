package com.listingsync.embedded.sheets;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.embedded.upstream.Reply;

/** A request that is refused, in the form of Google's errors: code, message and a status by name. */
final class GoogleRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String status;

    private GoogleRefusal(int code, String status, String message) {
        super(message);
        this.code = code;
        this.status = status;
    }

    static GoogleRefusal invalid(String message) {
        return new GoogleRefusal(400, "INVALID_ARGUMENT", message);
    }

    static GoogleRefusal unauthenticated() {
        return new GoogleRefusal(
                401,
                "UNAUTHENTICATED",
                "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid"
                        + " authentication credential.");
    }

    static GoogleRefusal forbidden(String message) {
        return new GoogleRefusal(403, "PERMISSION_DENIED", message);
    }

    static GoogleRefusal notFound() {
        return new GoogleRefusal(404, "NOT_FOUND", "Requested entity was not found.");
    }

    static GoogleRefusal noSuchFile(String id) {
        return new GoogleRefusal(404, "NOT_FOUND", "File not found: " + id + ".");
    }

    static GoogleRefusal tooMany() {
        return new GoogleRefusal(
                429,
                "RESOURCE_EXHAUSTED",
                "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user'.");
    }

    static GoogleRefusal unimplemented(String what) {
        return new GoogleRefusal(501, "UNIMPLEMENTED", "The sample spreadsheet does not offer " + what);
    }

    Reply reply() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", code).put("message", getMessage()).put("status", status);
        return Reply.json(code, body.toString());
    }
}
