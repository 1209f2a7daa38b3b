package com.listingsync.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.event.View;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.connection.FormulaErrors;
import com.listingsync.producer.connection.Limits;
import com.listingsync.producer.connection.Polling;
import com.listingsync.producer.connection.SheetColumns;
import com.listingsync.producer.connection.SheetCredentials;
import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.connection.Spreadsheet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WantedTest {

    private static final Connection SHEET = new Connection(
            "office",
            "",
            View.NONE,
            new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), 1),
            new Spreadsheet(
                    "id",
                    new SheetCredentials.Anonymous(),
                    List.of(tab("listings"), tab("rentals")),
                    new Polling(Duration.ofMinutes(5), Duration.ofMinutes(1)),
                    Duration.ofHours(1),
                    0.5,
                    Optional.empty(),
                    Optional.empty()));

    @Test
    void takesACommandWithoutFeedsAsAllOfThem() {
        Wanted wanted = Wanted.of(command("office"), SHEET, 1);

        assertThat(wanted.pass().feeds()).containsExactlyInAnyOrder("listings", "rentals");
        assertThat(wanted.refused()).isEmpty();
    }

    @Test
    void endsTheFeedsThatTheConnectionDoesNotHave() {
        Wanted wanted = Wanted.of(command("office", "rentals", "plots"), SHEET, 1);

        assertThat(wanted.pass().feeds()).containsExactly("rentals");
        RunState run = RunState.first("r1", 1).plus(wanted.refused().get(0));
        assertThat(run.feeds().get("office/plots").problem())
                .isEqualTo("connection office has no feed 'plots'; it has listings, rentals");
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void saysWhichConnectionsThereAre() {
        assertThat(Wanted.refusal(command("attic"), List.of(SHEET), 1))
                .isEqualTo(new Outcome.ConnectionRefused(
                        "attic", "the producers have no connection 'attic'; they have office", 1));
    }

    @Test
    void saysThatACommandIsKeyedWrongly() {
        assertThat(Wanted.refusal(command("office"), List.of(SHEET), 1).toString())
                .contains("its record key must be the connection's name");
    }

    private static SyncCommand command(String connection, String... feeds) {
        return new SyncCommand("r1", connection, List.of(feeds), List.of(), false, "test");
    }

    private static SheetTab tab(String title) {
        return new SheetTab(
                title, title, OptionalInt.empty(), SheetColumns.of(List.of("key"), List.of()), FormulaErrors.REFUSE);
    }
}
