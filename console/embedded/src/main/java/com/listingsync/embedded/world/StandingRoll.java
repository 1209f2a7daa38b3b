package com.listingsync.embedded.world;

/**
 * Where a generated listing stands on the first day: four of five are on the market and in both feeds, the others are
 * sold, terminated, expired or kept from the public and so in VOW only.
 *
 * @param ageDays days since it was entered
 */
record StandingRoll(Standing standing, int ageDays) {
    static StandingRoll of(Dice dice, Home home) {
        int roll = dice.below(1000);
        if (roll < 795) {
            return onMarket(dice, home, roll);
        }
        int age = dice.between(40, 480);
        if (roll < 940) {
            Presence presence = roll < 810 ? Presence.BOTH_FEEDS : Presence.VOW_ONLY;
            ListingStatus status = home.lease ? ListingStatus.LEASED : ListingStatus.SOLD;
            int price = home.firstPrice;
            return new StandingRoll(
                    new Standing(status, presence, price, 0, Prices.close(dice, price, home.lease), 0, false), age);
        }
        ListingStatus status =
                roll < 972 ? ListingStatus.TERMINATED : roll < 992 ? ListingStatus.EXPIRED : ListingStatus.SUSPENDED;
        return new StandingRoll(new Standing(status, Presence.VOW_ONLY, home.firstPrice, 0, 0, 0, false), age);
    }

    private static StandingRoll onMarket(Dice dice, Home home, int roll) {
        int age = dice.between(1, roll < 400 ? 45 : 240);
        Presence presence = roll < 15 ? Presence.VOW_ONLY : Presence.BOTH_FEEDS;
        if (roll < 200) {
            int lower = Prices.lower(dice, home.firstPrice, home.lease);
            return new StandingRoll(
                    new Standing(ListingStatus.PRICE_CHANGE, presence, lower, home.firstPrice, 0, 0, false), age);
        }
        ListingStatus status = roll < 245
                ? ListingStatus.EXTENSION
                : roll < 300 && !home.lease ? ListingStatus.SOLD_CONDITIONAL : ListingStatus.NEW;
        return new StandingRoll(new Standing(status, presence, home.firstPrice, 0, 0, 0, false), age);
    }
}
