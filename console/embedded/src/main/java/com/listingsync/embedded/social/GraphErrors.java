package com.listingsync.embedded.social;

import com.listingsync.embedded.upstream.Reply;

/** Error answers of the Graph API, as Meta's reference and public reports print them. */
final class GraphErrors {

    private GraphErrors() {}

    /** An object that is deleted, that the token may not see, or that can't do what was asked: one answer for all three. */
    static Reply noSuchObject(String verb, String id) {
        return Reply.json(400, """
                {"error":{"message":"Unsupported %s request. Object with ID '%s' does not exist, cannot be loaded due to \
                missing permissions, or does not support this operation. Please read the Graph API documentation at \
                https://developers.facebook.com/docs/graph-api","type":"GraphMethodException","code":100,\
                "error_subcode":33,"fbtrace_id":"AsAmPlEtRaCe"}}""".formatted(verb, id));
    }

    static Reply badToken() {
        return Reply.json(400, """
                {"error":{"message":"Invalid OAuth access token - Cannot parse access token","type":"OAuthException",\
                "code":190,"fbtrace_id":"AsAmPlEtRaCe"}}""");
    }

    static Reply unknownPath() {
        return Reply.json(400, """
                {"error":{"message":"Unknown path components","type":"OAuthException","code":2500,\
                "fbtrace_id":"AsAmPlEtRaCe"}}""");
    }
}
