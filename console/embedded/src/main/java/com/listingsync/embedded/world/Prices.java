package com.listingsync.embedded.world;

/** How prices move. */
final class Prices {
    private Prices() {}

    /** Two to eight percent less, rounded as sellers do. */
    static int lower(Dice dice, int price, boolean lease) {
        return rounded(price * (long) dice.between(92, 98) / 100, lease);
    }

    /** What a buyer pays: from six percent under to twelve over the asking price. */
    static int close(Dice dice, int price, boolean lease) {
        return rounded(price * (long) dice.between(94, 112) / 100, lease);
    }

    private static int rounded(long price, boolean lease) {
        long step = lease ? 25 : 1_000;
        return (int) Math.max(step, price / step * step);
    }
}
