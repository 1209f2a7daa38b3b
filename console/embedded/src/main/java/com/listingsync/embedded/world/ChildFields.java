package com.listingsync.embedded.world;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How each field of Media, PropertyRooms and OpenHouse is read from its row. */
final class ChildFields {
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final List<String> CAPTIONS = List.of(
            "Front", "Living room", "Kitchen", "Dining room", "Primary bedroom", "Bathroom", "Backyard", "View");
    private static final List<String> ROOM_TYPES = List.of(
            "Living Room", "Kitchen", "Primary Bedroom", "Dining Room", "Bedroom 2", "Bathroom", "Family Room", "Den");
    private static final List<String> ROOM_FEATURES = List.of(
            "Hardwood Floor", "Large Window", "Pot Lights", "W/O To Deck", "4 Pc Ensuite", "Stainless Steel Appl");

    private ChildFields() {}

    static Map<String, Function<Row, @Nullable Object>> media() {
        Readers<Photo> media = new Readers<>(Photo.class);
        media.put("MediaKey", Photo::key);
        media.put("ResourceName", x -> x.owner().resourceName);
        media.put("ResourceRecordKey", Photo::ownerKey);
        media.put("ResourceRecordID", Photo::ownerKey);
        media.put("MediaObjectID", x -> x.ownerKey() + '-' + x.picture());
        media.put("MediaURL", ChildFields::photoAddress);
        media.put("MediaCategory", x -> "Photo");
        media.put("MediaType", x -> "image/jpeg");
        media.put(
                "Order",
                x -> x.picture() % 101 == 100 ? BigDecimal.valueOf(x.order() * 10L, 1) : (Object) (long) x.order());
        media.put("PreferredPhotoYN", x -> x.order() == 0);
        media.put("ImageSizeDescription", x -> x.size().description);
        media.put("ImageWidth", x -> (long) x.size().width);
        media.put("ImageHeight", x -> (long) x.size().height);
        media.put("ImageOf", x -> null);
        media.put("ShortDescription", x -> x.picture() % 3 == 0 ? CAPTIONS.get(x.picture() % CAPTIONS.size()) : null);
        media.put("MediaStatus", x -> x.deleted() ? "Deleted" : "Active");
        media.put("Permission", x -> List.of(x.size().permission));
        media.put("MediaModificationTimestamp", Photo::modifiedMicros);
        media.put("ModificationTimestamp", Photo::modifiedMicros);
        media.put("OriginatingSystemName", x -> "Sample Toronto MLS");
        return media.all;
    }

    static Map<String, Function<Row, @Nullable Object>> rooms() {
        Readers<Room> rooms = new Readers<>(Room.class);
        rooms.put("RoomKey", Room::key);
        rooms.put("ListingKey", Room::ownerKey);
        rooms.put("ListingId", Room::ownerKey);
        rooms.put("RoomType", x -> ROOM_TYPES.get(x.ordinal() % ROOM_TYPES.size()));
        rooms.put("RoomLevel", x -> x.ordinal() < 2 || x.ordinal() == 3 ? "Main" : "Second");
        rooms.put("RoomLength", x -> BigDecimal.valueOf(centimetres(x, 0), 2));
        rooms.put("RoomWidth", x -> BigDecimal.valueOf(centimetres(x, 1), 2));
        rooms.put("RoomLengthWidthUnits", x -> "Meters");
        rooms.put("RoomArea", x -> BigDecimal.valueOf(centimetres(x, 0) * centimetres(x, 1) / 100, 2));
        rooms.put("RoomAreaUnits", x -> "Square Meters");
        rooms.put("RoomDimensions", x -> metres(x, 0) + " x " + metres(x, 1));
        rooms.put("RoomDescription", x -> x.ordinal() % 2 == 0 ? "Bright & airy" : null);
        rooms.put("RoomFeatures", ChildFields::roomFeatures);
        rooms.put("ModificationTimestamp", Room::modifiedMicros);
        rooms.put("RoomStatus", x -> x.deleted() ? "Deleted" : "Active");
        return rooms.all;
    }

    static Map<String, Function<Row, @Nullable Object>> openHouses() {
        Readers<OpenHouse> houses = new Readers<>(OpenHouse.class);
        houses.put("OpenHouseKey", OpenHouse::key);
        houses.put("ListingKey", OpenHouse::ownerKey);
        houses.put("ListingId", OpenHouse::ownerKey);
        houses.put("OpenHouseDate", x -> LocalDate.ofEpochDay(Math.floorDiv(x.startSecond(), 86_400)));
        houses.put("OpenHouseStartTime", x -> x.startSecond() * MICROS_PER_SECOND);
        houses.put("OpenHouseEndTime", x -> (x.startSecond() + x.minutes() * 60L) * MICROS_PER_SECOND);
        houses.put("OpenHouseStatus", x -> x.status().wireName);
        houses.put("OpenHouseType", x -> "Public");
        houses.put("OpenHouseRemarks", x -> x.minutes() > 120 ? "Refreshments served. Please remove shoes." : null);
        houses.put("OriginalEntryTimestamp", OpenHouse::enteredMicros);
        houses.put("ModificationTimestamp", OpenHouse::modifiedMicros);
        houses.put("AppointmentRequiredYN", x -> false);
        return houses.all;
    }

    static Map<String, Function<Row, @Nullable Object>> events() {
        Readers<Happening> events = new Readers<>(Happening.class);
        events.put("EntityEventSequence", Happening::sequence);
        events.put("ResourceName", x -> x.of().wireName());
        events.put("ResourceRecordKey", Happening::ownerKey);
        return events.all;
    }

    private static String photoAddress(Photo photo) {
        return "https://photos.sample-mls.example/" + photo.ownerKey() + '/' + photo.picture() + '-' + photo.revision()
                + '/' + photo.size().description + ".jpg";
    }

    private static long centimetres(Room room, int side) {
        return 210L + Math.floorMod((room.key().hashCode() >>> (side * 8)) ^ room.ordinal(), 389);
    }

    private static String metres(Room room, int side) {
        return BigDecimal.valueOf(centimetres(room, side), 2).toPlainString();
    }

    private static List<String> roomFeatures(Room room) {
        int first = Math.floorMod(room.key().hashCode(), ROOM_FEATURES.size() - 1);
        return ROOM_FEATURES.subList(first, first + room.ordinal() % 3);
    }

    private record Readers<R extends Row>(Class<R> type, Map<String, Function<Row, @Nullable Object>> all) {
        Readers(Class<R> type) {
            this(type, new HashMap<>());
        }

        void put(String name, Function<R, @Nullable Object> reader) {
            all.put(name, row -> reader.apply(type.cast(row)));
        }
    }
}
