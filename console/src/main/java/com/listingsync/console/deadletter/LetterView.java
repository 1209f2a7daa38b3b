package com.listingsync.console.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter whole. Immutable but for what its letter holds.
 *
 * @param letter the letter
 * @param summary what is known of it
 * @param headers every header by name, as it may be shown; of several of one name the last
 * @param value its value as JSON; empty when it is none
 * @param cause what its code means
 * @param fates what became of it, in order
 */
public record LetterView(
        Letter letter,
        LetterSummary summary,
        Map<String, String> headers,
        Optional<JsonNode> value,
        Causes.Cause cause,
        List<JsonNode> fates) {

    static LetterView of(Letter letter, LetterState state, List<ConsumerRecord<byte[], byte[]>> fates) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : letter.record().headers()) {
            headers.put(header.key(), HeaderText.of(header));
        }
        List<JsonNode> became = new ArrayList<>();
        fates.forEach(fate -> readable(fate.value()).ifPresent(became::add));
        return new LetterView(
                letter,
                LetterSummary.of(letter, state),
                headers,
                json(letter.record().value()),
                Causes.of(letter.stage(), letter.code()),
                became);
    }

    /** The document of {@code dlq show --json} and of the API: that of the list and the rest of the letter. */
    public ObjectNode json() {
        ObjectNode json = summary.json();
        letter.key().ifPresent(key -> json.put("key", key));
        ObjectNode all = json.putObject("headers");
        headers.forEach(all::put);
        if (value.isPresent()) {
            json.set("value", value.get());
        } else if (letter.hasValue()) {
            json.put(
                    "valueBase64",
                    Base64.getEncoder().encodeToString(letter.record().value()));
        }
        json.set("explanation", cause.json());
        ArrayNode became = json.putArray("fates");
        fates.forEach(became::add);
        return json;
    }

    /** The value for people: JSON set out in lines, text as it is, anything else in base64; empty when it was left out. */
    public Optional<String> valueText() {
        byte @Nullable [] bytes = letter.record().value();
        if (bytes == null || bytes.length == 0) {
            return Optional.empty();
        }
        return value.map(LetterView::pretty)
                .or(() -> HeaderText.text(bytes))
                .or(() -> Optional.of("base64:" + Base64.getEncoder().encodeToString(bytes)));
    }

    static Optional<JsonNode> json(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            return Optional.empty();
        }
        try {
            JsonNode node = Edit.EXACT.readTree(bytes);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (IOException e) {
            // Not JSON, which may be why it was refused: it is shown as it is.
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> readable(byte @Nullable [] fate) {
        if (fate == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readTree(Fate.of(fate).bytes()));
        } catch (IOException | IllegalArgumentException e) {
            // Somebody else wrote there: it is no fate.
            return Optional.empty();
        }
    }

    private static String pretty(JsonNode node) {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can't be written as JSON", e);
        }
    }
}
