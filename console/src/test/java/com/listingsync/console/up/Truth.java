package com.listingsync.console.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.embedded.world.Cell;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.embedded.world.SheetRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the tables have to hold by the default mapping, read off the sample world itself. */
final class Truth {

    private static final Set<String> HIDDEN_SIZES =
            Set.of("Thumbnail", "Medium", "Large", "LargestNoWatermark", "LargeNoWatermark", "MediumNoWatermark");
    private static final int LINK_COLUMN = 7;

    private final SampleWorld world;

    Truth(SampleWorld world) {
        this.world = world;
    }

    /** Listings that any feed shows, by key; the VOW record where there is one. */
    Map<String, ObjectNode> listings() {
        return records(
                Resource.PROPERTY,
                "ListingKey",
                record -> !text(record, "StandardStatus").equals("Delete"));
    }

    /** Photos to be shown of known listings, by key. */
    Map<String, ObjectNode> media() {
        Set<String> listings = listings().keySet();
        return records(
                Resource.MEDIA,
                "MediaKey",
                record -> text(record, "ResourceName").equals("Property")
                        && listings.contains(text(record, "ResourceRecordKey"))
                        && !text(record, "MediaStatus").equals("Deleted")
                        && !text(record, "Permission").contains("Private")
                        && !HIDDEN_SIZES.contains(text(record, "ImageSizeDescription")));
    }

    /** Rooms of known listings, by key. */
    Map<String, ObjectNode> rooms() {
        Set<String> listings = listings().keySet();
        return records(
                Resource.ROOMS,
                "RoomKey",
                record -> listings.contains(text(record, "ListingKey"))
                        && !text(record, "RoomStatus").equals("Deleted"));
    }

    /** Open houses of known listings, by key. */
    Map<String, ObjectNode> openHouses() {
        Set<String> listings = listings().keySet();
        return records(Resource.OPEN_HOUSES, "OpenHouseKey", record -> listings.contains(text(record, "ListingKey")));
    }

    /** Property numbers of the sheet's rows. */
    List<String> propertyNumbers() {
        return world.sheetRows().stream()
                .map(SheetRow::propertyNumber)
                .filter(number -> !number.isEmpty())
                .sorted()
                .toList();
    }

    /** The listing that each linked sheet row names, by property number. */
    Map<String, String> links() {
        Map<String, String> links = new LinkedHashMap<>();
        for (SheetRow row : world.sheetRows()) {
            if (row.cell(LINK_COLUMN) instanceof Cell.Text link
                    && !row.propertyNumber().isEmpty()) {
                links.put(row.propertyNumber(), link.text());
            }
        }
        return links;
    }

    /** Keys of active listings that both feeds show and no sheet row names, sorted. */
    List<String> activeListings() {
        Set<String> linked = Set.copyOf(links().values());
        return listings().entrySet().stream()
                .filter(listing -> text(listing.getValue(), "StandardStatus").equals("Active"))
                .map(Map.Entry::getKey)
                .filter(key -> world.row(Resource.PROPERTY, Feed.IDX, key).isPresent())
                .filter(key -> !linked.contains(key))
                .sorted()
                .toList();
    }

    /** One field of each record, by key; a missing value is the text "null". */
    static Map<String, String> field(Map<String, ObjectNode> records, String name) {
        Map<String, String> values = new TreeMap<>();
        records.forEach((key, record) ->
                values.put(key, record.hasNonNull(name) ? record.get(name).asText() : "null"));
        return values;
    }

    static String text(JsonNode record, String name) {
        JsonNode value = record.path(name);
        return value.isValueNode() ? value.asText("") : value.toString();
    }

    private Map<String, ObjectNode> records(Resource resource, String key, Predicate<ObjectNode> kept) {
        Map<String, ObjectNode> records = new TreeMap<>();
        for (Feed feed : List.of(Feed.IDX, Feed.VOW)) {
            world.records(resource, feed).stream()
                    .filter(kept)
                    .forEach(record -> records.put(text(record, key), record));
        }
        return records;
    }
}
