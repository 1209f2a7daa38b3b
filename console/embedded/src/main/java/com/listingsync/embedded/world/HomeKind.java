package com.listingsync.embedded.world;

/** A kind of home, with what is usual for it around Toronto. */
enum HomeKind {
    DETACHED("Residential Freehold", "Detached", 1_320_000, 3, 5, 1_500, 3_400),
    SEMI("Residential Freehold", "Semi-Detached", 990_000, 3, 4, 1_200, 2_200),
    ROW("Residential Freehold", "Att/Row/Townhouse", 905_000, 3, 4, 1_300, 2_100),
    CONDO_TOWNHOUSE("Residential Condo & Other", "Condo Townhouse", 760_000, 2, 4, 1_000, 1_800),
    CONDO_APARTMENT("Residential Condo & Other", "Condo Apartment", 640_000, 1, 3, 480, 1_250);

    final String type;
    final String subType;
    /** Dollars for an average home of this kind in an average neighbourhood. */
    final int averagePrice;

    final int fewestBedrooms;
    final int mostBedrooms;
    final int smallestArea;
    final int largestArea;

    HomeKind(String type, String subType, int averagePrice, int fewest, int most, int smallest, int largest) {
        this.type = type;
        this.subType = subType;
        this.averagePrice = averagePrice;
        this.fewestBedrooms = fewest;
        this.mostBedrooms = most;
        this.smallestArea = smallest;
        this.largestArea = largest;
    }

    boolean condo() {
        return this == CONDO_TOWNHOUSE || this == CONDO_APARTMENT;
    }

    static HomeKind roll(Dice dice) {
        int roll = dice.below(100);
        if (roll < 38) {
            return DETACHED;
        }
        if (roll < 48) {
            return SEMI;
        }
        if (roll < 58) {
            return ROW;
        }
        return roll < 66 ? CONDO_TOWNHOUSE : CONDO_APARTMENT;
    }
}
