package com.listingsync.embedded.mls;

/** A request that the MLS refuses, with the status and the words of its answer. */
final class ODataRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String words;

    ODataRefusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.words = message;
    }

    static ODataRefusal badRequest(String message) {
        return new ODataRefusal(400, "BadRequest", message);
    }

    static ODataRefusal unsupported(String what) {
        return new ODataRefusal(501, "NotImplemented", what + " is not supported");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String words() {
        return words;
    }
}
