package com.listingsync.embedded.world;

import java.util.List;

/** What never changes about a listed home, generated from the seed and its number. Immutable. */
final class Home {
    private static final String POSTAL_LETTERS = "ABCEGHJKLMNPRSTVWXYZ";

    final int number;
    final String key;
    final Area area;
    final Street street;
    final HomeKind kind;
    /** Whether it is for rent; its price is then dollars a month. */
    final boolean lease;

    final int streetNumber;
    /** 0 when it has no unit. */
    final int unit;

    final String postalCode;
    final int bedrooms;
    final int fullBaths;
    final int halfBaths;
    /** Square feet. */
    final int livingArea;

    final int lotFrontFeet;
    final int lotDepthFeet;
    final int yearBuilt;
    final int garages;
    final int parking;
    final int firstPrice;
    final String brokerage;
    final String agent;
    /** What is odd about how the MLS writes this home down. */
    final Oddity oddity;

    Home(long seed, int number) {
        Dice dice = Dice.of(seed, "home", number);
        this.number = number;
        area = dice.pick(Places.AREAS);
        key = area.prefix() + keyNumber(seed, number);
        street = dice.pick(Places.STREETS);
        kind = HomeKind.roll(dice);
        lease = dice.perMille(kind == HomeKind.CONDO_APARTMENT ? 300 : 80);
        streetNumber = dice.between(1, 40) * dice.between(1, 60) + dice.below(9);
        unit = kind.condo() ? dice.between(1, 38) * 100 + dice.between(1, 18) : 0;
        postalCode = area.fsa() + ' ' + dice.below(10) + letter(dice) + dice.below(10);
        bedrooms = dice.between(kind.fewestBedrooms, kind.mostBedrooms);
        livingArea = area(dice);
        fullBaths = Math.max(1, bedrooms - dice.between(0, 2));
        halfBaths = kind == HomeKind.CONDO_APARTMENT ? 0 : dice.between(0, 1);
        lotFrontFeet = dice.between(kind == HomeKind.DETACHED ? 25 : 15, kind == HomeKind.DETACHED ? 60 : 24);
        lotDepthFeet = dice.between(80, 150);
        yearBuilt = kind == HomeKind.CONDO_APARTMENT ? dice.between(1972, 2025) : dice.between(1908, 2024);
        garages = kind == HomeKind.DETACHED ? dice.between(0, 2) : dice.between(0, 1);
        parking = garages + dice.between(0, 2);
        firstPrice = price(dice);
        brokerage = dice.pick(Places.BROKERAGES);
        agent = dice.pick(Places.AGENTS);
        oddity = Oddity.roll(dice);
    }

    /** Listing numbers neither repeat nor grow with time, so that key order and time order differ. */
    private static int keyNumber(long seed, int number) {
        long scrambled = (number * 7_919L + Math.floorMod(seed, 1_000_003L) * 31) % 70_000_000L;
        return (int) (20_000_000L + scrambled);
    }

    private static char letter(Dice dice) {
        return POSTAL_LETTERS.charAt(dice.below(POSTAL_LETTERS.length()));
    }

    private int area(Dice dice) {
        int span = kind.largestArea - kind.smallestArea;
        int perBedroom = span / (kind.mostBedrooms - kind.fewestBedrooms + 1);
        return kind.smallestArea + (bedrooms - kind.fewestBedrooms) * perBedroom + dice.below(perBedroom);
    }

    private int price(Dice dice) {
        double size = 2.0 * livingArea / (kind.smallestArea + kind.largestArea);
        double value = kind.averagePrice * area.level() / 100.0 * (0.45 + 0.55 * size) * dice.between(92, 110) / 100.0;
        if (lease) {
            return (int) Math.floor(value * 0.0038 / 50) * 50;
        }
        return (int) Math.floor(value / 10_000) * 10_000 + dice.pick(List.of(0, 900, 5_000, 8_000, 9_000, 9_900));
    }

    int roomsTotal() {
        return bedrooms + fullBaths + halfBaths + 2;
    }

    double latitude() {
        return area.latitude() + ((number * 37) % 1000 - 500) / 50_000.0;
    }

    double longitude() {
        return area.longitude() + ((number * 91) % 1000 - 500) / 40_000.0;
    }
}
