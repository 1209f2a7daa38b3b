package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.run.Tally;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.sink.cutover.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink beside an older sync: in the shadow, in a schema of its own, and with a share of the listings. */
class CutoverSinkIT {

    private static final int LISTINGS = 200;

    @TempDir
    static Path folder;

    private static SinkStack stack;

    @BeforeAll
    static void startStack() throws IOException {
        stack = SinkStack.start(folder);
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void inTheShadowItWritesNothingAndItsBooksBalance() {
        try (SinkTrial trial = new SinkTrial(stack)) {
            trial.start(Map.of("SYNC_MODE", "shadow"));
            trial.properties(0, 50);
            trial.properties(0, 50);
            trial.rows().upsert("properties", "L99", "L99", 1, "\"listing_key\" \"L99\"", Optional.of(RowsTopic.origin(SinkTrial.RUN)));
            trial.rows().purge("properties", "L1", "L1");
            trial.rows().flush();

            SinkTrial.eventually(() -> {
                Tally tally = trial.tally();
                assertThat(tally.skipped() + tally.refused()).isEqualTo(101);
                assertThat(tally.count("skipped.shadow")).isGreaterThanOrEqualTo(49);
                assertThat(tally.count("refused.22P02")).isEqualTo(1);
                assertThat(tally.written() + tally.unchanged()).isZero();
            });
            assertThat(stack.count("properties")).isZero();
            assertThat(trial.deadLetters())
                    .extracting(letter -> RecordHeaders.text(letter.headers(), DeadLetter.CODE).orElse(""))
                    .containsExactly("22P02");
            assertThat(trial.facts("cutover")).contains("shadow", "100");
            assertThat(trial.problems()).isEmpty();
        }
    }

    @Test
    void ofAShareItWritesJustThoseListingsWithAllThatIsTheirs() {
        Share share = new Share(25);
        try (SinkTrial trial = new SinkTrial(stack)) {
            // The older sync's: a listing of each side, and what the older sync has of it.
            stack.execute("insert into properties (listing_key, city, row_version) select 'L' || n, 'old', 0 from"
                    + " generate_series(0, " + (LISTINGS - 1) + ") n");
            trial.start(Map.of("SYNC_CUTOVER_PERCENT", "25"));
            trial.properties(0, LISTINGS);
            for (int i = 0; i < LISTINGS; i++) {
                trial.rows().media("L" + i, "M" + i, 1);
            }
            trial.rows().flush();

            List<String> ours = names("L", share);
            SinkTrial.eventually(() -> {
                Tally tally = trial.tally();
                assertThat(tally.written()).isEqualTo(ours.size());
                assertThat(tally.count("skipped.cutover")).isEqualTo(LISTINGS - ours.size());
            });
            assertThat(stack.column("select listing_key from properties where city is null order by 1"))
                    .isEqualTo(ours.stream().sorted().toList());
            SinkTrial.eventually(() ->
                    assertThat(stack.column("select listing_key from media order by 1"))
                            .isEqualTo(ours.stream().sorted().toList()));

            // A delete and a purge of a listing that is the older sync's touch nothing.
            String theirs = names("L", Share.ALL).stream().filter(one -> !ours.contains(one)).findFirst().orElseThrow();
            trial.rows().markDeleted("properties", "listing_key", theirs, theirs, 9);
            trial.rows().purge("properties", theirs, theirs);
            trial.rows().markDeleted("properties", "listing_key", ours.get(0), ours.get(0), 9);
            trial.rows().flush();
            SinkTrial.eventually(() ->
                    assertThat(stack.column("select listing_key from properties where deleted_at is not null"))
                            .containsExactly(ours.get(0)));
            assertThat(stack.column("select city from properties where listing_key = '" + theirs + "'"))
                    .containsExactly("old");
            assertThat(trial.deadLetters()).isEmpty();
        }
    }

    @Test
    void aLargerShareOnlyAddsAndASmallerOneStopsAtOnce() {
        try (SinkTrial trial = new SinkTrial(stack)) {
            int version = 0;
            List<String> before = List.of();
            for (int percent : new int[] {10, 50, 0}) {
                version++;
                trial.stopSink();
                trial.start(Map.of("SYNC_CUTOVER_PERCENT", Integer.toString(percent)));
                for (int i = 0; i < LISTINGS; i++) {
                    trial.rows().property("L" + i, version, "" + version, Optional.of(RowsTopic.origin(SinkTrial.RUN)));
                }
                trial.rows().flush();
                long all = (long) LISTINGS * version;
                SinkTrial.eventually(
                        () -> assertThat(trial.tally().written() + trial.tally().skipped()).isEqualTo(all));
                List<String> written =
                        stack.column("select listing_key from properties where row_version = " + version + " order by 1");
                assertThat(written).isEqualTo(names("L", new Share(percent)).stream().sorted().toList());
                assertThat(percent == 0 || written.containsAll(before)).isTrue();
                before = written;
            }
        }
    }

    @Test
    void inASchemaOfItsOwnItWritesThereAndNowhereElse() throws IOException {
        stack.execute("drop schema if exists shadow cascade; create schema shadow");
        stack.execute(migration().replace("public.", "shadow."));
        stack.execute("grant usage on schema shadow to service_role; grant all on all tables in schema shadow to service_role");
        stack.reloadSchema();
        try (SinkTrial trial = new SinkTrial(stack)) {
            trial.start(Map.of("SYNC_MODE", "shadow-schema", "SUPABASE_SCHEMA", "shadow"));
            trial.properties(0, 20);

            SinkTrial.eventually(() -> assertThat(trial.tally().written()).isEqualTo(20));
            assertThat(stack.count("shadow.properties")).isEqualTo(20);
            assertThat(stack.count("public.properties")).isZero();
        }
    }

    @Test
    void aSchemaThatIsNotExposedIsSaidSoAndNothingIsLost() {
        try (SinkTrial trial = new SinkTrial(stack)) {
            trial.start(Map.of("SUPABASE_SCHEMA", "hidden"));
            trial.properties(0, 5);

            trial.awaitTrouble("schema", "not exposed");
            assertThat(trial.deadLetters()).isEmpty();

            trial.stopSink();
            trial.start(Map.of());
            trial.awaitWritten(5);
        }
    }

    @Test
    void trialRowsNeverGoWhereEverybodyReads() {
        try (SinkTrial trial = new SinkTrial(stack)) {
            assertThatThrownBy(() -> trial.start(Map.of("SYNC_MODE", "shadow-schema")))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("SUPABASE_SCHEMA");
        }
    }

    private static List<String> names(String prefix, Share share) {
        return IntStream.range(0, LISTINGS)
                .mapToObj(i -> prefix + i)
                .filter(share::takes)
                .toList();
    }

    private static String migration() {
        return Migrations.all().get(0).sql();
    }
}
