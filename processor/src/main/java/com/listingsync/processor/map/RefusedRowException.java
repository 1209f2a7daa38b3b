package com.listingsync.processor.map;

/** A record that makes no row; ends the row's writing. Carries no trace: it is data. */
final class RefusedRowException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient MapOutcome.Refused refused;

    RefusedRowException(MapOutcome.Refused refused) {
        super(refused.message(), null, false, false);
        this.refused = refused;
    }

    MapOutcome.Refused refused() {
        return refused;
    }
}
