package com.listingsync.processor.map;

import com.listingsync.common.mapping.Computation;
import org.jspecify.annotations.Nullable;

/**
 * What the processor has decided about a row beside its record's fields.
 *
 * @param listing key of the listing
 * @param status the listing's status; null when nobody has said one
 * @param ownStatus the status the record itself claims; null when it claims none or no other
 * @param statusSource who decided the status
 * @param inIdx whether the IDX feed has the listing
 * @param inVow whether the VOW feed has the listing
 * @param rowVersion the row's version, in microseconds since 1970 or above
 * @param run the run that fetched the record; null when none did
 * @param connection the connection that supplied the record
 */
public record RowContext(
        String listing,
        @Nullable String status,
        @Nullable String ownStatus,
        String statusSource,
        boolean inIdx,
        boolean inVow,
        long rowVersion,
        @Nullable String run,
        String connection) {

    /** The value of a computation in a row that is not deleted. */
    FieldValue value(Computation computation, RecordFields record) {
        return switch (computation) {
            case LISTING -> text(listing);
            case STATUS -> text(status);
            case OWN_STATUS -> text(ownStatus);
            case STATUS_SOURCE -> text(statusSource);
            case IN_IDX -> truth(inIdx);
            case IN_VOW -> truth(inVow);
            case ROW_VERSION -> FieldValue.scalar(FieldValue.Kind.NUMBER, Long.toString(rowVersion));
            case DELETED_AT -> FieldValue.NULL;
            case RUN -> text(run);
            case CONNECTION -> text(connection);
            case RECORD -> record.whole();
        };
    }

    private static FieldValue text(@Nullable String text) {
        return text == null ? FieldValue.NULL : FieldValue.string(text);
    }

    private static FieldValue truth(boolean truth) {
        return FieldValue.scalar(FieldValue.Kind.BOOLEAN, Boolean.toString(truth));
    }
}
