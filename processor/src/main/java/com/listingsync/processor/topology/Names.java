package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;

/**
 * Names of nodes and stores. A store's name is part of its changelog topic's: renaming one loses its state, so they stay.
 */
final class Names {

    static final String LISTING_PROCESSOR = "listings";
    static final String RUN_PROCESSOR = "runs";
    static final String OUTCOME_SOURCE = "outcomes-in";
    static final String LISTING_ID_SOURCE = "listing-ids-in";
    static final String LISTING_ID_SINK = "listing-ids-out";
    static final String REPROCESS_SOURCE = "reprocess-in";
    static final String ROW_SINK = "rows-out";
    static final String STATUS_SINK = "status-changes-out";
    static final String DEAD_LETTER_SINK = "dead-letters-out";
    static final String FATE_SINK = "fates-out";
    static final String OUTCOME_SINK = "outcomes-out";
    static final String RUN_OUTCOME_SINK = "run-outcomes-out";
    static final String RUN_SINK = "runs-out";
    static final String RUN_ROW_SINK = "run-rows-out";

    static final String LISTING_STORE = "listing-state";
    static final String RECORD_STORE = "record-state";
    static final String CONTENT_STORE = "record-content";
    static final String PARKED_STORE = "parked-records";
    static final String LISTING_ID_STORE = "listing-ids";
    static final String REPROCESS_STORE = "reprocess-progress";
    static final String COUNT_STORE = "outcome-counts";
    static final String RUN_STORE = "run-state";

    private Names() {}

    static String source(Entity entity) {
        return entity.wireName() + "-in";
    }
}
