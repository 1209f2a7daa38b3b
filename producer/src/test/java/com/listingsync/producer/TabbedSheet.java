package com.listingsync.producer;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.run.RunState;
import com.listingsync.embedded.sheets.SampleSheets;
import com.listingsync.embedded.sheets.SheetsOptions;
import com.listingsync.embedded.world.SampleWorld;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A spreadsheet with two tabs as people make them, beside those of the sample, and a producer that reads it over HTTP. */
class TabbedSheet {

    static final List<Object> HEADER = row("Property Number", "City", "Price", "MLS Number");

    @TempDir
    Path folder;

    SampleWorld world;
    SampleSheets sheets;
    Producing producing;

    @BeforeEach
    final void start() {
        world = SampleWorld.generate(9, 20, null);
        sheets = new SampleSheets(world, SheetsOptions.defaults().withSharedKey()).start();
        sheets.putTab("Sales", List.of(HEADER, row("S1", "Ajax", 1), row("S2", "Barrie", 2), row("S3", "Acton", 3)));
        sheets.putTab("Rent's", List.of(HEADER, row("R1", "Whitby", 9)));
        producing = new Producing(Broker.withTopics(), folder, "").with("SHEET_KEY", sheets.serviceAccountJson());
        tabs("[{title: Sales}, {title: \"Rent's\", feed: rent}]", "");
    }

    @AfterEach
    final void stop() {
        producing.close();
        sheets.close();
        world.close();
    }

    RunState sync(String run) {
        return sync(run, "Sales", "rent");
    }

    RunState sync(String run, String... feeds) {
        return producing.sync(new SyncCommand(run, "office", List.of(feeds), List.of(), false, "test"));
    }

    List<String> keys() {
        return producing.emitted(Entity.SHEET).stream()
                .filter(row -> row.event().operation() == Operation.UPSERT)
                .map(Producing.Emitted::key)
                .toList();
    }

    List<Producing.Emitted> deletes() {
        return producing.emitted(Entity.SHEET).stream()
                .filter(row -> row.event().operation() == Operation.DELETE)
                .toList();
    }

    void tabs(String tabs, String rest) {
        producing.connections(yaml(sheets, tabs, rest));
    }

    static String yaml(SampleSheets sheets, String tabs, String rest) {
        return """
                connections:
                  - name: office
                    kind: google-sheets
                    spreadsheet_id: %s
                    sheets_url: %s
                    drive_url: %s
                    auth: {service_account_json: "${SHEET_KEY}"}
                    tabs: %s
                    %s
                """.formatted(sheets.spreadsheetId(), sheets.uri(), sheets.uri(), tabs, rest);
    }

    static String problem(RunState run, String feed) {
        return Objects.requireNonNullElse(run.feeds().get("office/" + feed).problem(), "");
    }

    static List<Object> row(Object... cells) {
        return Arrays.asList(cells);
    }
}
