package com.listingsync.processor.map;

/**
 * A status as a record claims it.
 *
 * @param word the word of our vocabulary, or snake_case of the record's own
 * @param known whether the vocabulary has it
 */
public record StatusClaim(String word, boolean known) {}
