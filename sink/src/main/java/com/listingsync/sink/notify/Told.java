package com.listingsync.sink.notify;

/**
 * How an attempt to tell somebody ended for good.
 *
 * @param delivered whether they have it
 * @param words why not, for people
 */
record Told(boolean delivered, String words) {}
