package com.listingsync.producer.mls;

/** The order that servers sort keys in, as far as it can be told from here. Pure. */
final class KeyOrder {

    private KeyOrder() {}

    /** Whether a key comes before another: as numbers when both are, else by letters. */
    static boolean precedes(String key, String other) {
        boolean numbers = isNumber(key) && isNumber(other);
        return numbers && key.length() != other.length() ? key.length() < other.length() : key.compareTo(other) < 0;
    }

    private static boolean isNumber(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
