package com.listingsync.embedded.world;

/**
 * A street.
 *
 * @param direction such as {@code W}; empty when it has none
 */
record Street(String name, String suffix, String direction) {}
