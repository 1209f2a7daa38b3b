package com.listingsync.embedded.world;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The photos, rooms and open houses that a listing starts with. Immutable. */
record Offspring(long seed, Grain grain) {
    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;

    /**
     * Nine pictures on average, the first in three sizes and without a watermark too: twelve rows.
     *
     * @param epochSecond when they were uploaded
     */
    List<Photo> photos(Home home, long epochSecond) {
        Dice dice = Dice.of(seed, "photos", home.number);
        int pictures = dice.between(3, 15);
        List<Photo> photos = new ArrayList<>(pictures + 3);
        for (int picture = 0; picture < pictures; picture++) {
            boolean deleted = picture > 1 && dice.perMille(15);
            photos.add(photo(dice, home, picture, Photo.Size.LARGEST, deleted, epochSecond));
        }
        photos.add(photo(dice, home, 0, Photo.Size.MEDIUM, false, epochSecond));
        photos.add(photo(dice, home, 0, Photo.Size.THUMBNAIL, false, epochSecond));
        photos.add(photo(dice, home, 0, Photo.Size.UNMARKED, false, epochSecond));
        return photos;
    }

    List<Room> rooms(Home home, long epochSecond) {
        Dice dice = Dice.of(seed, "rooms", home.number);
        int count = dice.between(3, 7);
        List<Room> rooms = new ArrayList<>(count);
        for (int ordinal = 0; ordinal < count; ordinal++) {
            String key = roomKey(home.key, ordinal);
            rooms.add(new Room(key, home.key, ordinal, dice.perMille(5), grain.micros(epochSecond, key)));
        }
        return rooms;
    }

    /**
     * An open house on one of the days to come.
     *
     * @param ordinal which one of this listing, so that each has its own key
     */
    OpenHouse openHouse(Home home, int ordinal, long epochSecond) {
        Dice dice = Dice.of(seed, "open house " + ordinal, home.number);
        String key = "OH" + home.key.substring(1) + '-' + ordinal;
        // 18:00 UTC is two in the afternoon in a Toronto summer.
        long start = (Math.floorDiv(epochSecond, DAY) + dice.between(1, 6)) * DAY + 18L * HOUR;
        long at = grain.micros(epochSecond, key);
        return new OpenHouse(key, home.key, start, dice.between(2, 6) * 30, OpenHouse.Status.ACTIVE, at, at);
    }

    private Photo photo(Dice dice, Home home, int picture, Photo.Size size, boolean deleted, long epochSecond) {
        String key = mediaKey(dice);
        long at = grain.micros(epochSecond, key);
        return new Photo(key, Photo.Owner.PROPERTY, home.key, picture, size, picture, 1, deleted, at);
    }

    static String roomKey(String listingKey, int ordinal) {
        return 'R' + listingKey.substring(1) + (ordinal < 10 ? "0" : "") + ordinal;
    }

    /** Photo keys are UUIDs, as AMPRE's are. */
    static String mediaKey(Dice dice) {
        return new UUID(dice.next(), dice.next()).toString();
    }

    /** Pictures that are shown, each counted once. */
    static int count(List<Photo> photos) {
        return (int) photos.stream()
                .filter(photo -> photo.size() == Photo.Size.LARGEST && !photo.deleted())
                .count();
    }
}
