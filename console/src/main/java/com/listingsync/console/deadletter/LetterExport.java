package com.listingsync.console.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.util.Base64;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a line of an export: what {@code dlq list --json} says of it, and key, value and headers as their bytes in base64,
 * so that nothing of it is lost. Headers whose names say that they hold a secret are left out. Pure.
 */
public final class LetterExport {

    private LetterExport() {}

    /** One JSON object without line breaks. */
    public static String line(Letter letter, LetterState state) {
        try {
            return Json.MAPPER.writeValueAsString(json(letter, state));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can't be written as JSON", e);
        }
    }

    /** The same as a tree. */
    public static ObjectNode json(Letter letter, LetterState state) {
        ObjectNode json = LetterSummary.of(letter, state).json();
        base64(json, "keyBase64", letter.record().key());
        base64(json, "valueBase64", letter.record().value());
        LetterView.json(letter.record().value()).ifPresent(value -> json.set("value", value));
        ArrayNode headers = json.putArray("headers");
        for (Header header : letter.record().headers()) {
            if (!HeaderText.isSecret(header.key())) {
                ObjectNode one = headers.addObject().put("name", header.key());
                base64(one, "valueBase64", header.value());
            }
        }
        return json;
    }

    private static void base64(ObjectNode json, String name, byte @Nullable [] bytes) {
        if (bytes == null) {
            json.putNull(name);
        } else {
            json.put(name, Base64.getEncoder().encodeToString(bytes));
        }
    }
}
