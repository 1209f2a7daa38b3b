package com.listingsync.common.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Link;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What routing needs travels in headers and comes back as it was. */
class RecordHeadersTest {

    private static final Origin ORIGIN = new Origin("treb-idx", "media", View.IDX, Optional.of("20261122-074500-k7fq"));

    @Test
    void carryASourceEvent() {
        SourceEvent event =
                new SourceEvent(Entity.MEDIA, Operation.UPSERT, ORIGIN, 1_700_000_000_000_000L, "0123456789abcdef");
        Headers headers = empty();

        RecordHeaders.write(event, headers);

        assertThat(RecordHeaders.readSource(headers)).isEqualTo(event);
    }

    @Test
    void carryADeleteWithoutAHash() {
        SourceEvent event = new SourceEvent(Entity.PROPERTY, Operation.DELETE, ORIGIN, 7, "");
        Headers headers = empty();

        RecordHeaders.write(event, headers);

        assertThat(RecordHeaders.readSource(headers)).isEqualTo(event);
    }

    @Test
    void carryByWhatASheetRowIsLinked() {
        SourceEvent event = new SourceEvent(Entity.SHEET, Operation.UPSERT, ORIGIN, 7, "00", Link.LISTING_ID);
        Headers headers = empty();

        RecordHeaders.write(event, headers);

        assertThat(RecordHeaders.readSource(headers)).isEqualTo(event);
        assertThat(RecordHeaders.text(headers, "link-by")).contains("listing-id");
    }

    @Test
    void carryWhereADeletedSheetRowStandsNow() {
        SourceEvent event =
                new SourceEvent(Entity.SHEET, Operation.DELETE, ORIGIN, 7, "", Link.LISTING_KEY, Optional.of("W2/AA1"));
        Headers headers = empty();

        RecordHeaders.write(event, headers);

        assertThat(RecordHeaders.readSource(headers)).isEqualTo(event);
        assertThat(RecordHeaders.text(headers, "moved-to")).contains("W2/AA1");
    }

    @Test
    void carryADerivedRowWithoutAnOrigin() {
        RowEvent event = new RowEvent("listing_status_history", Operation.UPSERT, 3, Optional.empty());
        Headers headers = empty();

        RecordHeaders.write(event, headers);

        assertThat(RecordHeaders.readRow(headers)).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"entity", "operation", "feed", "view", "source-version", "schema", "connection"})
    void nameTheHeaderThatIsMissing(String name) {
        Headers headers = empty();
        RecordHeaders.write(new SourceEvent(Entity.MEDIA, Operation.UPSERT, ORIGIN, 1, "00"), headers);
        headers.remove(name);

        assertThatThrownBy(() -> RecordHeaders.readSource(headers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header '" + name + "' is missing");
    }

    @Test
    void refuseAnotherVersionOfTheSet() {
        Headers headers = empty();
        RecordHeaders.write(new SourceEvent(Entity.MEDIA, Operation.UPSERT, ORIGIN, 1, "00"), headers);
        headers.remove(RecordHeaders.SCHEMA).add(RecordHeaders.SCHEMA, new byte[] {'9'});

        assertThatThrownBy(() -> RecordHeaders.readSource(headers)).hasMessageContaining("schema");
    }

    @Test
    void treatANullHeaderAsMissing() {
        Headers headers = empty();
        headers.add(new RecordHeader(RecordHeaders.RUN, (byte[]) null));

        assertThat(RecordHeaders.text(headers, RecordHeaders.RUN)).isEmpty();
    }

    private static Headers empty() {
        return new org.apache.kafka.common.header.internals.RecordHeaders();
    }
}
