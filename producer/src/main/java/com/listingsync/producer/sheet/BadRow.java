package com.listingsync.producer.sheet;

import java.util.Optional;

/**
 * A row that can't be emitted.
 *
 * @param propertyNumber its identity; empty when it has none
 * @param code one of {@link com.listingsync.producer.publish.Refusal}
 * @param column header of the column at fault; empty when it is not one
 * @param message one sentence that names the tab and the row, without any other of its values
 * @param payload as of {@link SheetRow}
 */
record BadRow(Optional<String> propertyNumber, String code, Optional<String> column, String message, byte[] payload) {}
