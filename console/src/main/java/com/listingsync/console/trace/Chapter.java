package com.listingsync.console.trace;

import com.listingsync.common.wire.KeyText;
import com.listingsync.common.wire.RecordHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one fetched record.
 *
 * @param record as it was fetched
 * @param end how it ended
 * @param row the row that it made; null when it made none
 * @param letter its dead letter; null when it has none
 * @param reason why it was skipped; empty unless it was
 */
record Chapter(
        LogRecord record,
        End end,
        @Nullable LogRecord row,
        @Nullable LogRecord letter,
        String reason) {

    /** How a record can end. */
    enum End {
        MAPPED,
        SKIPPED,
        PARKED,
        REFUSED,
        NOT_REACHED
    }

    boolean waited(@Nullable LogRecord parentRow) {
        return row != null && parentRow != null && isChild() && parentRow.timestamp() > record.timestamp();
    }

    boolean isChild() {
        String entity = entity();
        return !entity.equals("property") && !entity.equals("sheet");
    }

    String entity() {
        return record.header(RecordHeaders.ENTITY).orElse("record");
    }

    boolean isDelete() {
        return record.header(RecordHeaders.OPERATION).filter("delete"::equals).isPresent();
    }

    /** {@code media M1 of mls}. */
    String subject() {
        List<String> parts = KeyText.split(record.key());
        return entity() + " " + (parts.size() == 3 ? parts.get(1) : parts.get(0));
    }

    String feed() {
        return record.header(RecordHeaders.CONNECTION).orElse("?") + "/"
                + record.header(RecordHeaders.FEED).orElse("?");
    }
}
