package com.listingsync.common.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.event.View;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class RowEventReaderTest {

    private static final Origin IDX = new Origin("board", "property", View.IDX, Optional.of("run-1"));
    private static final RowEvent ROW = new RowEvent("properties", Operation.UPSERT, 7, Optional.of(IDX));

    private final RowEventReader reader = new RowEventReader();

    @Test
    void readsWhatWasWritten() {
        assertThat(reader.read(headers(ROW))).isEqualTo(ROW);
        assertThat(reader.read(headers(new RowEvent("media", Operation.DELETE, Long.MAX_VALUE, Optional.empty()))))
                .isEqualTo(new RowEvent("media", Operation.DELETE, Long.MAX_VALUE, Optional.empty()));
    }

    @Test
    void readsEachRecordAnewWhateverCameBefore() {
        RowEvent otherRun = new RowEvent(
                "properties",
                Operation.UPSERT,
                8,
                Optional.of(new Origin("board", "property", View.IDX, Optional.of("run-2"))));
        RowEvent noRun = new RowEvent(
                "properties",
                Operation.UPSERT,
                9,
                Optional.of(new Origin("board", "property", View.VOW, Optional.empty())));

        for (RowEvent event : new RowEvent[] {ROW, otherRun, ROW, noRun, ROW}) {
            assertThat(reader.read(headers(event))).isEqualTo(event);
        }
    }

    @Test
    void givesNeighboursTheSameObjects() {
        RowEvent first = reader.read(headers(ROW));
        RowEvent second = reader.read(headers(ROW));

        assertThat(second.table()).isSameAs(first.table());
        assertThat(second.origin()).isSameAs(first.origin());
    }

    @Test
    void takesTheLastOfSeveralHeadersOfAName() {
        Headers headers = headers(ROW);
        RecordHeaders.put(headers, RecordHeaders.ROW_VERSION, "9");
        RecordHeaders.put(headers, "unknown", "x");

        assertThat(reader.read(headers).rowVersion()).isEqualTo(9);
    }

    @Test
    void refusesJustWhatRecordHeadersRefuse() {
        assertThat(reader.read(headers(ROW))).isEqualTo(ROW);
        for (String name : new String[] {
            RecordHeaders.SCHEMA,
            RecordHeaders.TABLE,
            RecordHeaders.OPERATION,
            RecordHeaders.ROW_VERSION,
            RecordHeaders.FEED,
            RecordHeaders.VIEW
        }) {
            Headers missing = headers(ROW);
            missing.remove(name);
            Headers odd = headers(ROW);
            odd.add(new RecordHeader(name, new byte[] {' '}));

            assertThatThrownBy(() -> reader.read(missing))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(messageOf(missing));
            assertThatThrownBy(() -> reader.read(odd))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(messageOf(odd));
        }
        assertThat(reader.read(headers(ROW))).isEqualTo(ROW);
    }

    private static String messageOf(Headers headers) {
        try {
            return "none, but " + RecordHeaders.readRow(headers);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Headers headers(RowEvent event) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.write(event, headers);
        return headers;
    }
}
