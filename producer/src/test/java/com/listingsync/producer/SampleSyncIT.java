package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.Json;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.sheets.SampleSheets;
import com.listingsync.embedded.sheets.SheetsOptions;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSyncIT {

    @TempDir
    Path folder;

    private SampleWorld world;
    private SampleMls mls;
    private SampleSheets sheets;
    private Producing producing;

    @BeforeEach
    void start() {
        world = SampleWorld.generate(7, 150, null);
        mls = new SampleMls(world, MlsOptions.defaults().withMaxPageSize(200)).start();
        sheets = new SampleSheets(world, SheetsOptions.defaults().withSharedKey()).start();
        producing = new Producing(Broker.withTopics(), folder, yaml());
        producing.with("SHEET_KEY", sheets.serviceAccountJson());
    }

    @AfterEach
    void stop() {
        producing.close();
        sheets.close();
        mls.close();
        world.close();
    }

    @Test
    void bringsEveryRecordOfAnMlsOnceAndByteForByte() throws IOException {
        producing.start();

        RunState run = producing.sync("r1", "idx", "property", "media", "rooms", "openhouse");

        assertThat(run.feeds().values())
                .allSatisfy(feed -> assertThat(feed.problem()).isNull());
        assertSame(Entity.PROPERTY, Resource.PROPERTY);
        assertSame(Entity.MEDIA, Resource.MEDIA);
        assertSame(Entity.ROOMS, Resource.ROOMS);
        assertSame(Entity.OPENHOUSE, Resource.OPEN_HOUSES);
        assertThat(run.total().refused()).isZero();
    }

    @Test
    void fetchesOnlyWhatChangedInALaterPass() {
        producing.start();
        producing.sync("r1", "idx", "property", "media");
        String key = producing.emitted(Entity.PROPERTY).get(0).key();

        world.changePrice(key, 123_456);
        RunState run = producing.sync("r2", "idx", "property", "media");

        Tally property = Producing.tally(run, "idx", "property");
        assertThat(property.fetched() - property.skipped()).isEqualTo(1);
        assertThat(producing.emitted(Entity.PROPERTY))
                .filteredOn(record -> record.key().equals(key))
                .last()
                .satisfies(record -> assertThat(record.json()).contains("123456"));
    }

    @Test
    void bringsTheRowsOfASpreadsheetAndThenOnlyItsChanges() {
        producing.start();
        RunState first = producing.sync("r1", "sheet", "listings");
        List<Producing.Emitted> rows = producing.emitted(Entity.SHEET);
        String number = rows.get(0).key().substring(rows.get(0).key().indexOf('/') + 1);

        world.removeSheetRow(number);
        RunState second = producing.sync("r2", "sheet", "listings");

        assertThat(first.feeds().get("sheet/listings").problem()).isNull();
        assertThat(rows).hasSizeGreaterThan(5);
        assertThat(producing.emitted(Entity.SHEET))
                .hasSize(rows.size() + 1)
                .filteredOn(record -> record.event().operation() == Operation.DELETE)
                .singleElement()
                .satisfies(
                        record -> assertThat(record.key()).isEqualTo(rows.get(0).key()));
        assertThat(second.total().fetched()).isEqualTo(second.total().skipped() + 1);
    }

    private void assertSame(Entity entity, Resource resource) {
        Map<String, String> expected = new TreeMap<>();
        for (ObjectNode record : world.records(resource, Feed.IDX)) {
            // Members and offices have media too, which are none of ours.
            if (record.path("ResourceName").asText("Property").equals("Property")) {
                expected.put(record.get(resource.keyField()).asText(), record.toString());
            }
        }
        Map<String, List<Producing.Emitted>> found = producing.emitted(entity).stream()
                .collect(Collectors.groupingBy(
                        record -> record.key().substring(record.key().indexOf('/') + 1)));
        assertThat(found).allSatisfy((key, records) -> assertThat(records).hasSize(1));
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        found.forEach((key, records) -> {
            if (records.get(0).event().operation() == Operation.UPSERT) {
                assertThat(tree(records.get(0).json())).isEqualTo(tree(expected.get(key)));
            }
        });
    }

    private static Object tree(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String yaml() {
        return """
                connections:
                  - name: idx
                    kind: mls
                    profile: ampre
                    view: idx
                    url: %s
                    auth: {token: %s}
                    feeds: {property: {}, media: {}, rooms: {}, openhouse: {}}
                  - name: sheet
                    kind: google-sheets
                    spreadsheet_id: %s
                    sheets_url: %s
                    drive_url: %s
                    auth: {service_account_json: "${SHEET_KEY}"}
                    tabs: [{title: %s, feed: listings}]
                """.formatted(
                        mls.uri(), mls.idxToken(), sheets.spreadsheetId(), sheets.uri(), sheets.uri(), sheets.tab());
    }
}
