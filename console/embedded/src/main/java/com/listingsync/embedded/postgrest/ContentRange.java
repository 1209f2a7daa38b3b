package com.listingsync.embedded.postgrest;

import java.util.Optional;

/** The Content-Range header and the statuses that go with it. Stateless, pure. */
final class ContentRange {
    private ContentRange() {}

    /** {@code 0-2/109}; a star for no rows, and for a total that was not counted. */
    static String of(long first, long last, Optional<Long> total) {
        boolean empty = last < first || total.filter(n -> n == 0).isPresent();
        return (empty ? "*" : first + "-" + last) + "/"
                + total.map(String::valueOf).orElse("*");
    }

    /** Of a write: rows have no place in it, only their number counts. */
    static String ofWrite(Optional<Long> total) {
        return of(1, 0, total);
    }

    /** 206 for a part, 416 for an offset past the end, else 200; always 200 if not counted. */
    static int status(long first, long last, Optional<Long> total) {
        if (total.isEmpty()) {
            return 200;
        }
        if (first > total.get()) {
            return 416;
        }
        return 1 + last - first < total.get() ? 206 : 200;
    }
}
