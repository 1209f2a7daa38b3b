package com.listingsync.sink.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Something that happened, for whoever wants to know.
 *
 * @param id the same whenever the same thing is told again, so that a receiver can leave repeats out
 * @param type {@code listing.status_changed} or {@code run.failed}
 * @param at when it happened
 * @param data what happened, for programs
 * @param subject one line for people
 * @param text some lines for people
 */
record Notice(String id, String type, Instant at, ObjectNode data, String subject, String text) {

    static final String STATUS_CHANGED = "listing.status_changed";
    static final String RUN_FAILED = "run.failed";

    private static final int ID_BYTES = 16;

    Notice {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(data, "data");
        // It becomes a header of an e-mail, and what is in it a source wrote: a line break would begin another header.
        subject = subject.replaceAll("\\p{Cntrl}+", " ");
    }

    /** UTF-8 JSON object with type, timestamp and data. */
    byte[] body() {
        ObjectNode body = Json.MAPPER.createObjectNode().put("type", type).put("timestamp", at.toString());
        body.set("data", data);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** An id made of what the notice is about: equal for equal things. */
    static String idOf(String... about) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", about).getBytes(StandardCharsets.UTF_8));
            return "msg_" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
