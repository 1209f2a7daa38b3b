package com.listingsync.embedded.world;

import java.util.List;
import java.util.Locale;

/** The words of a listing, made on demand from what is known about the home, so that they take no memory. */
final class HomeText {
    private static final List<String> OPENINGS = List.of( // kind of home, neighbourhood
            "Welcome to this sun-filled %s in the heart of %s!",
            "Rarely offered %s on one of %s's most sought-after streets.",
            "Move right in to this meticulously maintained %s in vibrant %s.",
            "Location, location! Spacious %s, steps to everything %s has to offer.",
            "Charm and character abound in this %s, nestled in family-friendly %s.",
            "Priced to sell — don't miss this stunning %s in %s.");
    private static final List<String> MIDDLES = List.of(
            "Open-concept main floor with 9-ft ceilings, pot lights & hardwood throughout.",
            "Renovated eat-in kitchen with quartz counters, \"waterfall\" island and S/S appliances.",
            "Primary bedroom retreat with a 5-pc ensuite and his/her closets.",
            "Finished lower level with separate entrance – ideal for in-laws or income potential.",
            "Walk-out to a private, fully fenced yard (new deck '23), perfect for entertaining.",
            "Floor-to-ceiling windows with unobstructed lake & skyline views \uD83C\uDF07.",
            "Roof 2021, furnace 2022, A/C 2023, 200-amp service.");
    private static final List<String> ENDINGS = List.of(
            "Walk to TTC, cafés, top-ranked schools, parks and the future Ontario Line. A must see!",
            "Minutes to Hwy 401/404, GO Station, shopping & hospital.\nOpen house Sat/Sun 2-4.",
            "École française à distance de marche. Offers anytime!",
            "Just unpack & enjoy. Buyer to verify all measurements & taxes.",
            "24-hr concierge, gym, rooftop terrace and visitor parking. 看房请预约.");
    private static final List<List<String>> STYLES = List.of(
            List.of("2-Storey"),
            List.of("Bungalow"),
            List.of("2 1/2 Storey"),
            List.of("3-Storey"),
            List.of("Backsplit 3"));
    private static final List<List<String>> BASEMENTS = List.of(
            List.of("Finished", "Separate Entrance"),
            List.of("Full"),
            List.of("Partially Finished"),
            List.of("Finished with Walk-Out"),
            List.of("Apartment"));
    private static final List<List<String>> MATERIALS = List.of(
            List.of("Brick"), List.of("Stucco (Plaster)", "Stone"), List.of("Vinyl Siding"), List.of("Brick Front"));
    private static final List<String> CONDO_MATERIALS = List.of("Concrete", "Metal/Steel Siding");

    private HomeText() {}

    static String address(Home home) {
        String unit = home.unit == 0 ? "" : home.unit + " - ";
        String direction = home.street.direction().isEmpty() ? "" : ' ' + home.street.direction();
        return unit + home.streetNumber + ' ' + home.street.name() + ' ' + home.street.suffix() + direction + ", "
                + home.area.city() + ", ON " + home.postalCode;
    }

    static String crossStreet(Home home) {
        Street other = Places.STREETS.get((home.number * 13 + 5) % Places.STREETS.size());
        return home.street.name() + " & " + other.name();
    }

    static String remarks(Home home) {
        String what = home.bedrooms + "-bedroom " + home.kind.subType.toLowerCase(Locale.ROOT);
        StringBuilder text = new StringBuilder(640);
        String[] opening = pick(OPENINGS, home, 1).split("%s", 3);
        text.append(opening[0])
                .append(what)
                .append(opening[1])
                .append(home.area.neighbourhood())
                .append(opening[2]);
        int sentences = 2 + home.number % 3;
        for (int i = 0; i < sentences; i++) {
            text.append(' ').append(pick(MIDDLES, home, 3 + i * 5));
        }
        return text.append(' ').append(pick(ENDINGS, home, 7)).toString();
    }

    static String inclusions(Home home) {
        return "Fridge, stove, " + (home.number % 2 == 0 ? "B/I dishwasher, " : "") + "washer & dryer, all ELFs"
                + (home.garages > 0 ? ", garage door opener & remote(s)" : "") + '.';
    }

    static String tour(Home home) {
        return "https://tours.sample-mls.example/" + home.key + "?unbranded";
    }

    static List<String> style(Home home) {
        return home.kind == HomeKind.CONDO_APARTMENT ? List.of("Apartment") : pick(STYLES, home, 11);
    }

    static List<String> basement(Home home) {
        return home.kind == HomeKind.CONDO_APARTMENT ? List.of("None") : pick(BASEMENTS, home, 17);
    }

    static List<String> heating(Home home) {
        return home.number % 9 == 0 ? List.of("Radiant", "Gas") : List.of("Forced Air");
    }

    static List<String> cooling(Home home) {
        return home.yearBuilt < 1930 && home.number % 2 == 0 ? List.of("None") : List.of("Central Air");
    }

    static List<String> materials(Home home) {
        return home.kind == HomeKind.CONDO_APARTMENT ? CONDO_MATERIALS : pick(MATERIALS, home, 19);
    }

    static List<String> interior(Home home) {
        return home.number % 5 == 0
                ? List.of()
                : List.of("Carpet Free", "Primary Bedroom - Main Floor", "Water Heater");
    }

    static List<String> feeIncludes(Home home) {
        return home.number % 2 == 0
                ? List.of("Heat Included", "Water Included", "Common Elements Included", "Building Insurance Included")
                : List.of("Common Elements Included", "Parking Included");
    }

    private static <T> T pick(List<T> choices, Home home, int salt) {
        return choices.get(Math.floorMod(home.number * 31 + salt * 13 + home.streetNumber, choices.size()));
    }
}
