package com.listingsync.embedded.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The world's first day: every row that exists before anything changes. Confined to the thread that generates.
 *
 * <p>A few moments carry bulk changes, as when a board converts its data: hundreds of rows, more than a page, have one
 * timestamp (797 on one were seen, facts.md §1).
 */
final class Genesis {
    private static final int DAY = 86_400;
    /** Days before the newest day on which bulk changes happened, at 03:15. */
    private static final int[] BULK_DAYS = {3, 41, 188};

    private final long seed;
    private final Grain grain;
    private final long newestSecond;
    private final Offspring offspring;
    private final int bulkPerMille;

    final List<Listing> listings = new ArrayList<>();
    final List<Photo> photos = new ArrayList<>();
    final List<Room> rooms = new ArrayList<>();
    final List<OpenHouse> openHouses = new ArrayList<>();
    final Map<String, List<String>> photoKeys = new HashMap<>();

    /** @param newestSecond seconds since 1970; nothing is newer */
    Genesis(long seed, Grain grain, long newestSecond, int count) {
        this.seed = seed;
        this.grain = grain;
        this.newestSecond = newestSecond;
        this.offspring = new Offspring(seed, grain);
        // Hundreds of listings on one second, however small the world, but never most of it.
        this.bulkPerMille = Math.max(60, Math.min(200, 300_000 / count));
        for (int number = 0; number < count; number++) {
            listed(number);
        }
        strangers(Math.max(4, count / 50));
        orphans();
    }

    /** A listing whose photos and rooms are in the feed before itself. */
    void upcoming(int number) {
        Home home = new Home(seed, number);
        long second = newestSecond - 60L * (1 + number % 600);
        List<Photo> album = children(home, second, second);
        Standing standing = new Standing(
                ListingStatus.NEW, Presence.UPCOMING, home.firstPrice, 0, 0, Offspring.count(album), false);
        listings.add(new Listing(home, standing, Stamps.fresh(grain.micros(second, home.key))));
    }

    private void listed(int number) {
        Home home = new Home(seed, number);
        Dice dice = Dice.of(seed, "standing", number);
        StandingRoll roll = StandingRoll.of(dice, home);
        long entered = newestSecond - roll.ageDays() * (long) DAY - dice.below(DAY);
        long modified = dice.perMille(600) ? between(dice, entered, newestSecond) : entered + dice.below(7_200);
        modified = bulk(dice, entered, modified);
        long uploaded = bulk(dice, entered, entered - 1_800 + dice.below(90_000));
        List<Photo> album =
                children(home, Math.min(uploaded, newestSecond), bulk(dice, entered, entered + dice.below(600)));
        long status = Math.min(modified, entered + dice.below(DAY * 30));
        Stamps stamps = new Stamps(
                grain.micros(entered, home.key),
                grain.micros(modified, home.key),
                grain.micros(roll.standing().status().onMarket() ? status : modified, home.key),
                grain.micros(status, home.key),
                album.get(0).modifiedMicros());
        listings.add(new Listing(home, roll.standing().withPhotos(Offspring.count(album)), stamps));
        if (roll.standing().status().onMarket() && dice.perMille(300)) {
            openHouse(dice, home, modified);
        }
    }

    private void openHouse(Dice dice, Home home, long scheduled) {
        OpenHouse house = offspring.openHouse(home, 0, scheduled);
        if (house.startSecond() < newestSecond) {
            house = new OpenHouse(
                    house.key(),
                    house.ownerKey(),
                    house.startSecond(),
                    house.minutes(),
                    OpenHouse.Status.ENDED,
                    house.enteredMicros(),
                    grain.micros(house.startSecond() + house.minutes() * 60L, house.key()));
        } else if (dice.perMille(80)) {
            house = house.canceled(house.modifiedMicros());
        }
        openHouses.add(house);
    }

    private List<Photo> children(Home home, long uploaded, long measured) {
        List<Photo> album = offspring.photos(home, uploaded);
        photos.addAll(album);
        photoKeys.put(home.key, new ArrayList<>(album.stream().map(Photo::key).toList()));
        rooms.addAll(offspring.rooms(home, Math.min(measured, newestSecond)));
        return album;
    }

    /** Portraits of members and logos of offices, which share the Media resource and are nobody's listing photos. */
    private void strangers(int count) {
        for (int i = 0; i < count; i++) {
            Dice dice = Dice.of(seed, "stranger", i);
            Photo.Owner owner = i % 3 == 0 ? Photo.Owner.OFFICE : Photo.Owner.MEMBER;
            String ownerKey = Integer.toString((owner == Photo.Owner.OFFICE ? 100_000 : 9_500_000) + i);
            photos.add(stray(dice, owner, ownerKey));
        }
    }

    /** Photos and rooms of listings that never come. */
    private void orphans() {
        for (int i = 0; i < 4; i++) {
            Dice dice = Dice.of(seed, "orphan", i);
            String nobody = "X9900000" + i;
            photos.add(stray(dice, Photo.Owner.PROPERTY, nobody));
            if (i < 2) {
                String key = Offspring.roomKey(nobody, 0);
                rooms.add(new Room(key, nobody, 0, false, grain.micros(newestSecond - dice.below(DAY * 20), key)));
            }
        }
    }

    private Photo stray(Dice dice, Photo.Owner owner, String ownerKey) {
        String key = Offspring.mediaKey(dice);
        long at = grain.micros(newestSecond - dice.below(DAY * 60), key);
        return new Photo(key, owner, ownerKey, 0, Photo.Size.LARGEST, 0, 1, false, at);
    }

    /** Now and then the moment of a bulk change since {@code entered}, otherwise {@code usual}. */
    private long bulk(Dice dice, long entered, long usual) {
        int roll = dice.below(1000);
        int which = roll / Math.max(1, bulkPerMille);
        if (which >= BULK_DAYS.length) {
            return usual;
        }
        long moment = newestSecond - BULK_DAYS[which] * (long) DAY + 11_700;
        return moment >= entered ? moment : usual;
    }

    private static long between(Dice dice, long low, long high) {
        return low + Math.floorMod(dice.next(), Math.max(1, high - low));
    }
}
