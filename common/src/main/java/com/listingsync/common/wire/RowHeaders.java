package com.listingsync.common.wire;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Makes the headers of row records, one record after the other, as {@link RecordHeaders#write(com.listingsync.common.event.RowEvent,
 * Headers)} does; what they have in common with the last record's is not encoded again. Confined to one thread.
 */
public final class RowHeaders {

    private static final Header SCHEMA = header(RecordHeaders.SCHEMA, RecordHeaders.SCHEMA_VERSION);
    private static final Header UPSERT = header(RecordHeaders.OPERATION, Operation.UPSERT.wireName());
    private static final Header DELETE = header(RecordHeaders.OPERATION, Operation.DELETE.wireName());

    private final Map<String, Header> tables = new HashMap<>();

    private @Nullable Origin lastOrigin;
    private List<Header> originHeaders = List.of();

    /**
     * The headers of one row.
     *
     * @param rowVersion the version the row itself holds
     * @param origin the fetched record the row answers for; empty for a derived row
     */
    public Headers of(String table, Operation operation, long rowVersion, Optional<Origin> origin) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        headers.add(SCHEMA);
        headers.add(tables.computeIfAbsent(table, name -> header(RecordHeaders.TABLE, name)));
        headers.add(operation == Operation.UPSERT ? UPSERT : DELETE);
        headers.add(header(RecordHeaders.ROW_VERSION, Long.toString(rowVersion)));
        if (origin.isPresent()) {
            for (Header header : headersOf(origin.get())) {
                headers.add(header);
            }
        }
        return headers;
    }

    private List<Header> headersOf(Origin origin) {
        if (!origin.equals(lastOrigin)) {
            List<Header> made = new ArrayList<>();
            made.add(header(RecordHeaders.CONNECTION, origin.connection()));
            made.add(header(RecordHeaders.FEED, origin.feed()));
            made.add(header(RecordHeaders.VIEW, origin.view().wireName()));
            origin.run().ifPresent(run -> made.add(header(RecordHeaders.RUN, run)));
            originHeaders = made;
            lastOrigin = origin;
        }
        return originHeaders;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
