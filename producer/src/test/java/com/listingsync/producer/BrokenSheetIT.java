package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.run.RunState;
import com.listingsync.embedded.sheets.SampleSheets;
import com.listingsync.embedded.sheets.SheetsOptions;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.upstream.Reply;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What can not be read of a spreadsheet is said, deletes nothing, and leaves the other tabs alone. */
class BrokenSheetIT extends TabbedSheet {

    @Nested
    class WhenATabCanNotBeRead {

        @Test
        void theOthersGoOnAndNothingOfItIsDeleted() {
            producing.start();
            sync("r1");

            sheets.putTab("Sales", List.of(row("Our number", "City"), row("S1", "Ajax")));
            sheets.putTab("Rent's", List.of(HEADER, row("R1", "Whitby", 9), row("R2", "Oshawa", 8)));
            RunState run = sync("r2");

            assertThat(problem(run, "Sales")).contains("row 1 looks like the header row", "nothing is deleted");
            assertThat(problem(run, "rent")).isEmpty();
            assertThat(keys()).contains("R2/R2");
            assertThat(deletes()).isEmpty();
        }

        @Test
        void isSaidByTitleWhenItWasRenamedOrDeleted() {
            producing.start();
            sync("r1");

            sheets.renameTab("Sales", "Sales 2026");
            sheets.putTab("Rent's", List.of(HEADER, row("R1", "Whitby", 10)));
            RunState renamed = sync("r2");
            sheets.removeTab("Sales 2026");
            RunState deleted = sync("r3");

            assertThat(problem(renamed, "Sales"))
                    .isEqualTo(
                            "tab 'Sales' is not in the spreadsheet (renamed, deleted, or a chart); it has 'Listings',"
                                    + " 'Read me', 'Empty', 'Sales 2026', 'Rent's'; nothing is deleted");
            assertThat(problem(deleted, "Sales")).startsWith("tab 'Sales' is not in the spreadsheet");
            assertThat(Producing.tally(renamed, "office", "rent").fetched()).isEqualTo(1);
            assertThat(deletes()).isEmpty();
        }

        @Test
        void rowsThatMayHaveGoneThereAreNotDeleted() {
            producing.start();
            sync("r1");

            sheets.putTab("Sales", List.of(HEADER, row("S1", "Ajax", 1), row("S2", "Barrie", 2)));
            sheets.putTab("Rent's", List.of(row("Nummer", "City"), row("S3", "Acton")));
            RunState broken = sync("r2");
            sheets.putTab("Rent's", List.of(HEADER, row("S3", "Acton", 3)));
            RunState mended = sync("r3");

            assertThat(problem(broken, "Sales"))
                    .isEqualTo("1 known rows are not found, but another tab can't be read; none is deleted");
            assertThat(problem(mended, "Sales")).isEmpty();
            assertThat(deletes()).extracting(Producing.Emitted::key).containsExactly("R1/R1");
        }
    }

    @Nested
    class WhenGoogleRefuses {

        @Test
        void halfAReadIsNoRead() {
            producing.start();
            sync("r1");
            sheets.putTab("Sales", List.of(HEADER, row("S9", "Ajax", 1)));
            sheets.faults().failNext(5, ":batchGet", Fault.tooMany("Retry-After", "0"));

            RunState limited = sync("r2");
            RunState healed = sync("r3");

            assertThat(problem(limited, "Sales")).contains("HTTP 429: too many requests");
            assertThat(limited.total().fetched()).isZero();
            assertThat(healed.total().fetched()).isEqualTo(5);
            assertThat(deletes()).hasSize(3);
        }

        @Test
        void aBodyThatEndsEarlyOrIsAWebPageIsNoEmptySheet() {
            producing.start();
            sync("r1");
            sheets.putTab(
                    "Sales", List.of(HEADER, row("S1", "Ajax", 1), row("S2", "Barrie", 2), row("S3", "Acton", 4)));
            sheets.faults().failNext(1, ":batchGet", Fault.truncated());
            sheets.faults().failNext(1, ":batchGet", Fault.htmlPage());
            sheets.faults().failNext(1, ":batchGet", Fault.emptyPage());
            sheets.faults().failNext(1, ":batchGet", Fault.status(503));

            RunState run = sync("r2");

            assertThat(problem(run, "Sales")).isEmpty();
            assertThat(run.total().fetched() - run.total().skipped()).isEqualTo(1);
            assertThat(deletes()).isEmpty();
        }

        @Test
        void theProjectWithoutTheApiIsNamed() {
            producing.start();
            sheets.faults()
                    .failNext(
                            1,
                            "/drive",
                            new Fault.Answer(Reply.json(
                                    403,
                                    "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\",\"details\":[{\"reason\":"
                                            + "\"SERVICE_DISABLED\"}]}}")));

            assertThat(problem(sync("r1"), "Sales"))
                    .isEqualTo(
                            "Google answered with HTTP 403: the Sheets or the Drive API is not switched on in the project"
                                    + " sample-listings of reader@sample-listings.iam.gserviceaccount.example");
        }

        @Test
        void theAccountWhoseKeyIsNotAcceptedIsNamed() {
            try (SampleSheets other = new SampleSheets(world, SheetsOptions.defaults())) {
                producing.with(
                        "SHEET_KEY",
                        other.serviceAccountJson()
                                .replace(
                                        other.tokenUri().toString(),
                                        sheets.tokenUri().toString()));
            }
            producing.start();

            assertThat(problem(sync("r1"), "Sales"))
                    .isEqualTo(
                            "Google gives no token for reader@sample-listings.iam.gserviceaccount.example; its key was"
                                    + " deleted, or is another account's: make a new key file");
        }
    }
}
