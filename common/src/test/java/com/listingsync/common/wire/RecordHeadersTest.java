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
import java.nio.charset.StandardCharsets;
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

    /** As release 1.0 has written it, letter by letter: on topics for ever, so never to be changed here. */
    @Test
    void readASourceRecordOfTheFirstRelease() {
        Headers headers = written(
                "schema=1",
                "entity=media",
                "operation=upsert",
                "connection=treb-idx",
                "feed=media",
                "view=idx",
                "run=20261122-074500-k7fq",
                "source-version=1700000000000000",
                "content-hash=0123456789abcdef");

        assertThat(RecordHeaders.readSource(headers))
                .isEqualTo(new SourceEvent(
                        Entity.MEDIA, Operation.UPSERT, ORIGIN, 1_700_000_000_000_000L, "0123456789abcdef"));
    }

    /** As release 1.0 has written it, letter by letter. */
    @Test
    void readARowOfTheFirstRelease() {
        Headers headers = written(
                "schema=1",
                "table=media",
                "operation=upsert",
                "row-version=1700000000000000",
                "connection=treb-idx",
                "feed=media",
                "view=idx",
                "run=20261122-074500-k7fq");
        RowEvent event = new RowEvent("media", Operation.UPSERT, 1_700_000_000_000_000L, Optional.of(ORIGIN));

        assertThat(RecordHeaders.readRow(headers)).isEqualTo(event);
        assertThat(new RowEventReader().read(headers)).isEqualTo(event);
    }

    @Test
    void leaveHeadersAloneThatALaterReleaseHasAdded() {
        Headers headers = empty();
        SourceEvent event = new SourceEvent(Entity.MEDIA, Operation.UPSERT, ORIGIN, 1, "00");
        RecordHeaders.write(event, headers);
        headers.add("shade", new byte[] {1, 2, 3}).add("traceparent", "00-0-0-01".getBytes(StandardCharsets.UTF_8));

        assertThat(RecordHeaders.readSource(headers)).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "17"})
    void sayThatANewerReleaseHasWrittenTheRecord(String version) {
        Headers source = empty();
        RecordHeaders.write(new SourceEvent(Entity.MEDIA, Operation.UPSERT, ORIGIN, 1, "00"), source);
        Headers row = empty();
        RecordHeaders.write(new RowEvent("media", Operation.UPSERT, 1, Optional.empty()), row);
        ofVersion(version, source, row);

        String words =
                "header 'schema' is " + version + " and this release reads 1: a newer release has written the record;"
                        + " upgrade this service (docs/upgrade.md), then replay the dead letter";
        assertThatThrownBy(() -> RecordHeaders.readSource(source)).hasMessage(words);
        assertThatThrownBy(() -> RecordHeaders.readRow(row)).hasMessage(words);
        assertThatThrownBy(() -> new RowEventReader().read(row)).hasMessage(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.0", "99999", "one", ""})
    void refuseWhatIsNoVersionWithoutRepeatingIt(String version) {
        Headers source = empty();
        RecordHeaders.write(new SourceEvent(Entity.MEDIA, Operation.UPSERT, ORIGIN, 1, "00"), source);
        ofVersion(version, source);

        assertThatThrownBy(() -> RecordHeaders.readSource(source))
                .hasMessage("header 'schema' should be 1; this record is of another version");
    }

    private static void ofVersion(String version, Headers... all) {
        for (Headers headers : all) {
            headers.remove(RecordHeaders.SCHEMA).add(RecordHeaders.SCHEMA, version.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Headers written(String... pairs) {
        Headers headers = empty();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            headers.add(pair.substring(0, equals), pair.substring(equals + 1).getBytes(StandardCharsets.UTF_8));
        }
        return headers;
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
