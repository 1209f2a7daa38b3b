package com.listingsync.embedded.mls;

import com.listingsync.embedded.world.Row;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of rows.
 *
 * @param count rows of all pages, if the client asked
 * @param next where the next page begins; empty after the last
 */
record Page(List<Row> rows, OptionalLong count, Optional<Place> next) {}
