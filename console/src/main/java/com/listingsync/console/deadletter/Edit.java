package com.listingsync.console.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.shell.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A correction of a record's value. Whatever it is, what comes out is one JSON object without space around it, as every stage
 * wants it. Immutable.
 */
public sealed interface Edit {

    /** Reads and writes numbers digit for digit: a price of 1.50 must not become 1.5 because something else was corrected. */
    JsonMapper EXACT = Json.MAPPER
            .rebuild()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * The corrected value.
     *
     * @param value UTF-8 JSON, or whatever was refused
     * @throws CommandFailure when the edit does not fit the value, in a sentence that repeats nothing of it
     */
    byte[] apply(byte[] value);

    /**
     * The edit that a text describes: a JSON array is a JSON Patch (RFC 6902), an object a JSON Merge Patch (RFC 7396).
     *
     * @throws CommandFailure when it is neither
     */
    static Edit patch(String text) {
        JsonNode node = read(text.getBytes(StandardCharsets.UTF_8), "the patch");
        if (node.isArray()) {
            return new Patched(JsonPatch.of(node));
        }
        if (node instanceof ObjectNode object) {
            return new Merged(object);
        }
        throw new CommandFailure(
                "a patch is a JSON array of operations (RFC 6902) or a JSON object to merge (RFC 7396)");
    }

    /**
     * The edit that puts a whole new value in place.
     *
     * @throws CommandFailure when it is not one JSON object
     */
    static Edit replacement(byte[] value) {
        return new Replaced(object(read(value, "the edited value")));
    }

    /** Steps of a JSON Patch. */
    record Patched(JsonPatch patch) implements Edit {
        @Override
        public byte[] apply(byte[] value) {
            return bytes(object(patch.apply(read(value, "the letter's value"))));
        }
    }

    /** Fields to put, or with null to take away, at any depth. */
    record Merged(ObjectNode changes) implements Edit {
        @Override
        public byte[] apply(byte[] value) {
            JsonNode merged = JsonPatch.merged(read(value, "the letter's value"), changes);
            return bytes(object(merged));
        }
    }

    /** A whole new value. */
    record Replaced(ObjectNode value) implements Edit {
        @Override
        public byte[] apply(byte[] before) {
            return bytes(value);
        }
    }

    private static JsonNode read(byte[] bytes, String what) {
        try {
            JsonNode node = EXACT.readTree(bytes);
            if (node == null || node.isMissingNode()) {
                throw new CommandFailure(what + " is empty; expected JSON");
            }
            return node;
        } catch (JsonProcessingException e) {
            // Its own message quotes the text around the fault, which may be a payload: only the place is told.
            throw new CommandFailure(
                    what + " is not JSON; line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + " is where it ends to be");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new CommandFailure("a record's value is one JSON object; the edit leaves "
                + node.getNodeType().toString().toLowerCase(java.util.Locale.ROOT));
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return EXACT.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can't be written as JSON", e);
        }
    }
}
