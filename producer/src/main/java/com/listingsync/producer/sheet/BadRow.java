package com.listingsync.producer.sheet;

/**
 * A row that can't be emitted.
 *
 * @param number its number in the tab, from 1
 * @param code {@code no-key} or {@code duplicate-key}
 * @param message one sentence without any of its values
 * @param payload as of {@link SheetRow}
 */
record BadRow(int number, String code, String message, byte[] payload) {}
