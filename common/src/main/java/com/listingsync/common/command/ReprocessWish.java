package com.listingsync.common.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * What is to happen to a reprocess that has been asked for. It follows its {@link ReprocessRequest} on {@code sync.reprocess}, one in
 * each partition, with the same record key.
 *
 * @param run the request's run
 * @param wish what is to happen
 */
public record ReprocessWish(String run, Wish wish) {

    /** What can happen to a reprocess. */
    public enum Wish {
        /** Nothing more is mapped until it is resumed. */
        @JsonProperty("pause")
        PAUSE,
        /** It goes on where it stands. */
        @JsonProperty("resume")
        RESUME,
        /** It ends where it stands. */
        @JsonProperty("stop")
        STOP
    }

    public ReprocessWish {
        if (run.isBlank()) {
            throw new IllegalArgumentException("a wish needs the run of a reprocess");
        }
    }

    /** UTF-8 JSON object with the components as fields. */
    public byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a wish of plain values can't be written as JSON", e);
        }
    }

    /**
     * The wish in these bytes; empty when they are something else, such as a request.
     *
     * @throws IllegalArgumentException when they are a wish that nobody knows
     */
    public static Optional<ReprocessWish> of(byte[] bytes) {
        try {
            JsonNode json = Json.MAPPER.readTree(bytes);
            return json.has("wish")
                    ? Optional.of(Json.MAPPER.treeToValue(json, ReprocessWish.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new IllegalArgumentException("not a wish for a reprocess: expected pause, resume or stop", e);
        }
    }
}
