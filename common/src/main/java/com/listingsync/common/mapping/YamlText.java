package com.listingsync.common.mapping;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A YAML text as a tree, and where in the text each part of the tree begins. Immutable.
 *
 * @param tree the tree
 * @param lines line, from 1, by path; a path is the keys from the root on, joined by dots
 */
record YamlText(JsonNode tree, Map<String, Integer> lines) {

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    YamlText {
        lines = Map.copyOf(lines);
    }

    /** @throws JacksonException when it is not YAML, or a key stands twice in one place */
    static YamlText of(String text) throws JacksonException {
        return new YamlText(YAML.readTree(text), lines(text));
    }

    private static Map<String, Integer> lines(String text) throws JacksonException {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = YAML.getFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    lines.put(
                            path(parser.getParsingContext().pathAsPointer()),
                            parser.currentTokenLocation().getLineNr());
                }
            }
            return lines;
        } catch (JacksonException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text from memory failed", e);
        }
    }

    private static String path(JsonPointer pointer) {
        StringBuilder path = new StringBuilder();
        for (JsonPointer at = pointer; !at.matches(); at = at.tail()) {
            path.append(path.isEmpty() ? "" : ".").append(at.getMatchingProperty());
        }
        return path.toString();
    }
}
