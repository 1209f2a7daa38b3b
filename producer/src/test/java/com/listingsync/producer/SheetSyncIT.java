package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.run.RunState;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.embedded.sheets.SampleSheets;
import com.listingsync.embedded.sheets.SheetsOptions;
import com.listingsync.embedded.world.SampleWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetSyncIT {

    @TempDir
    Path folder;

    private SampleWorld world;
    private SampleSheets sheets;
    private Producing producing;

    @BeforeEach
    void start() {
        world = SampleWorld.generate(9, 120, null);
        sheets = new SampleSheets(world, SheetsOptions.defaults().withSharedKey()).start();
        producing = new Producing(Broker.withTopics(), folder, """
                        connections:
                          - name: sheet
                            kind: google-sheets
                            spreadsheet_id: %s
                            sheets_url: %s
                            drive_url: %s
                            auth: {service_account_json: "${SHEET_KEY}"}
                            tabs: [{title: %s, feed: listings}]
                        """.formatted(
                                sheets.spreadsheetId(), sheets.uri(), sheets.uri(), sheets.tab()))
                .with("SHEET_KEY", sheets.serviceAccountJson());
    }

    @AfterEach
    void stop() {
        producing.close();
        sheets.close();
        world.close();
    }

    @Test
    void asksOneSmallQuestionOfASpreadsheetThatDidNotChange() {
        producing.start();
        sync("r1");
        long asked = sheets.requestCount();

        RunState run = sync("r2");

        assertThat(sheets.requestCount() - asked).isEqualTo(1);
        assertThat(run.total().fetched()).isZero();
    }

    @Test
    void knowsItsRowsAgainAfterARestart() {
        producing.start().close();
        producing.start();
        sync("r1");
        int rows = producing.emitted(Entity.SHEET).size();
        producing.close();
        producing.start();

        RunState run = producing.sync(new SyncCommand("r2", "sheet", List.of("listings"), List.of(), false, "test"));
        world.editSheetRow(number(0), "City", "Elsewhere");
        RunState after = sync("r3");

        assertThat(run.total().fetched()).isZero();
        assertThat(producing.emitted(Entity.SHEET)).hasSize(rows + 1);
        assertThat(after.total().fetched() - after.total().skipped()).isEqualTo(1);
    }

    @Test
    void deletesNothingOfAnEmptiedSheetAndTurnsRed() {
        producing.start();
        sync("r1");

        world.clearSheet();
        RunState run = sync("r2");

        assertThat(run.feeds().get("sheet/listings").problem()).isNotNull();
        assertThat(producing.emitted(Entity.SHEET))
                .noneMatch(record -> record.event().operation() == Operation.DELETE);
    }

    @Test
    void deletesNothingWhenTheKeyHeaderIsRenamed() {
        producing.start();
        sync("r1");
        int rows = producing.emitted(Entity.SHEET).size();

        world.renameSheetColumn("Property Number", "Our number");
        RunState run = sync("r2");

        assertThat(run.feeds().get("sheet/listings").problem())
                .contains("has no column for the property number", "nothing is deleted");
        assertThat(producing.emitted(Entity.SHEET)).hasSize(rows);
    }

    @Test
    void saysThatTheSpreadsheetIsNotShared() {
        producing.start();
        sheets.unshare();

        RunState run = sync("r1");

        assertThat(run.feeds().get("sheet/listings").problem())
                .isEqualTo("Google answered with HTTP 404: there is no such spreadsheet, or it is not shared with"
                        + " reader@sample-listings.iam.gserviceaccount.example; check spreadsheet_id");
    }

    @Test
    void refusesAKeyFileThatIsNoneAtTheStart() {
        producing.with("SHEET_KEY", "{\"type\":\"nothing\"}");

        assertThatThrownBy(() -> producing.start())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("its type is not service_account (connection sheet)");
    }

    private RunState sync(String run) {
        return producing.sync(run, "sheet", "listings");
    }

    private String number(int row) {
        return producing.emitted(Entity.SHEET).get(row).place().child().orElseThrow();
    }
}
