package com.listingsync.embedded.postgrest;

import java.util.Arrays;

/** Answers that are one object instead of an array ({@code application/vnd.pgrst.object+json}). Stateless, pure. */
final class Singular {
    static final String CONTENT_TYPE = "application/vnd.pgrst.object+json; charset=utf-8";

    private Singular() {}

    /** Refuses any number of rows but one. */
    static void check(Rows rows) {
        if (rows.page() != 1) {
            throw Refusals.notSingular(rows.page());
        }
    }

    /** The object inside an array of one. */
    static byte[] body(Rows rows) {
        return Arrays.copyOfRange(rows.body(), 1, rows.body().length - 1);
    }
}
