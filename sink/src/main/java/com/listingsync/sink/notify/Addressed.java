package com.listingsync.sink.notify;

import java.util.Objects;

/**
 * A notice and who is to get it.
 *
 * @param to who
 * @param notice what
 */
record Addressed(Subscriber to, Notice notice) {

    Addressed {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(notice, "notice");
    }
}
