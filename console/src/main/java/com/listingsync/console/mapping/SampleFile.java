package com.listingsync.console.mapping;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.listingsync.common.event.Entity;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Records in a file: a JSON record, an array of them, one in each line, or a page as an MLS gives it ({@code {"value": […]}}).
 * Immutable.
 *
 * @param records the records in order
 */
public record SampleFile(List<Sample> records) {

    /**
     * One record.
     *
     * @param entity what it is
     * @param listing key of its listing, or the number of its sheet row; {@code ?} when it says none
     * @param payload its bytes
     */
    public record Sample(Entity entity, String listing, byte[] payload) {}

    public SampleFile {
        records = List.copyOf(records);
    }

    /**
     * The records of a file.
     *
     * @param entity what they are; when empty, each record's own key tells
     * @throws SettingsException when the file is not there or holds no records
     */
    public static SampleFile read(Path file, Optional<Entity> entity) {
        List<Sample> samples = new ArrayList<>();
        try (MappingIterator<JsonNode> documents = Json.MAPPER
                .readerFor(JsonNode.class)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .readValues(Files.readAllBytes(file))) {
            while (documents.hasNext()) {
                for (JsonNode record : records(documents.next())) {
                    samples.add(sample(record, entity));
                }
            }
        } catch (NoSuchFileException e) {
            throw new SettingsException("--sample: there is no file " + file);
        } catch (JacksonException e) {
            // Its own message quotes the text; the place is enough to find it.
            throw new SettingsException("--sample: " + file + " is not JSON"
                    + (e.getLocation() == null
                            ? ""
                            : ": see line " + e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw new SettingsException("--sample: " + file + " can't be read: " + e.getMessage());
        }
        if (samples.isEmpty()) {
            throw new SettingsException("--sample: expected records in " + file + "; found none");
        }
        return new SampleFile(samples);
    }

    /**
     * Records that are no file's, as a JSON array.
     *
     * @param entity what they are; when empty, each record's own key tells
     */
    public static SampleFile of(JsonNode array, Optional<Entity> entity) {
        List<Sample> samples = new ArrayList<>();
        try {
            for (JsonNode record : array) {
                samples.add(sample(record, entity));
            }
        } catch (JacksonException e) {
            throw new IllegalStateException("a JSON tree can't be written as JSON", e);
        }
        return new SampleFile(samples);
    }

    private static Iterable<JsonNode> records(JsonNode document) {
        if (document.isArray()) {
            return document;
        }
        return document.path("value").isArray() ? document.path("value") : List.of(document);
    }

    private static Sample sample(JsonNode record, Optional<Entity> entity) throws JacksonException {
        Entity kind = entity.orElseGet(() -> kind(record));
        String listing = Stream.of("ListingKey", "ResourceRecordKey", "property_number")
                .filter(field -> record.path(field).isValueNode()
                        && !record.path(field).asText().isEmpty())
                .findFirst()
                .map(field -> record.path(field).asText())
                .orElse("?");
        return new Sample(kind, listing, Json.MAPPER.writeValueAsBytes(record));
    }

    private static Entity kind(JsonNode record) {
        if (record.has("MediaKey")) {
            return Entity.MEDIA;
        }
        if (record.has("RoomKey")) {
            return Entity.ROOMS;
        }
        if (record.has("OpenHouseKey")) {
            return Entity.OPENHOUSE;
        }
        return record.has("ListingKey") ? Entity.PROPERTY : Entity.SHEET;
    }
}
