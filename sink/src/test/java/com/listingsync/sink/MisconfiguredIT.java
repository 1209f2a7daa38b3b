package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.run.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Supabase that is not set up as it must be: the sink waits in red, says why and what to do, and goes on by itself. */
class MisconfiguredIT {

    @TempDir
    static Path folder;

    private static SinkStack stack;
    private SinkTrial trial;

    @BeforeAll
    static void startStack() throws IOException {
        stack = SinkStack.start(folder);
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void begin() {
        trial = new SinkTrial(stack);
    }

    @AfterEach
    void end() {
        trial.close();
    }

    @Test
    void waitsForAColumnThatWasDropped() {
        workingSink();
        stack.execute("alter table properties drop column city");

        trial.properties(100, 200);
        trial.awaitTrouble("42703", "column \"city\" of relation \"properties\" does not exist", "supabase db push");
        nothingIsGone(100);
        stack.execute("alter table properties add column city text; notify pgrst, 'reload schema'");

        allIsWritten(200);
    }

    @Test
    void waitsForASchemaCacheThatIsStaleAfterAMigration() {
        stack.execute("alter table properties drop column city; notify pgrst, 'reload schema'");
        trial.start(Map.of());
        trial.properties(0, 100);
        trial.awaitTrouble("PGRST204", "'city' column of 'properties'", "NOTIFY pgrst, 'reload schema'");
        stack.execute("alter table properties add column city text");
        nothingIsGone(0);

        stack.execute("notify pgrst, 'reload schema'");

        allIsWritten(100);
    }

    @Test
    void waitsForATableThatIsMissing() {
        workingSink();
        stack.execute("alter table properties rename to gone; notify pgrst, 'reload schema'");
        try {
            trial.properties(100, 200);
            trial.awaitTrouble("PGRST205", "properties", "supabase db push");
            assertThat(trial.deadLetters()).isEmpty();
        } finally {
            stack.execute("alter table gone rename to properties; notify pgrst, 'reload schema'");
        }

        allIsWritten(200);
    }

    @Test
    void waitsWhileRowLevelSecurityRefuses() {
        // All tables are looked at before the sink is ready.
        stack.execute("grant select on all tables in schema public to anon; grant all on properties to anon");
        try {
            trial.start(Map.of("SUPABASE_SERVICE_ROLE_KEY", stack.anonKey()));
            trial.properties(0, 100);
            trial.awaitTrouble("42501", "row-level security", "service_role");
            nothingIsGone(0);
            stack.execute("alter table properties disable row level security");

            allIsWritten(100);
        } finally {
            stack.execute("alter table properties enable row level security; revoke all on properties from anon;"
                    + " revoke select on all tables in schema public from anon");
        }
    }

    @Test
    void waitsWhileItsKeyHasExpiredAndGoesOnWithANewOne() {
        Instant longAgo = Instant.now().minus(Duration.ofHours(1));
        trial.start(Map.of("SUPABASE_SERVICE_ROLE_KEY", stack.serviceRoleKey(longAgo)));

        trial.properties(0, 100);
        trial.awaitTrouble("JWT expired", "set a valid SUPABASE_SERVICE_ROLE_KEY");
        nothingIsGone(0);
        trial.stopSink();
        trial.start(Map.of());

        allIsWritten(100);
    }

    @Test
    void waitsUntilItsKeyIsAccepted() {
        stack.stopRest();
        stack.startRest(SinkStack.OTHER_SECRET);
        try {
            trial.rows().property("L1", 1, "1", Optional.empty());
            trial.rows().flush();
            trial.start(Map.of());
            trial.awaitTrouble("PGRST301", "SUPABASE_SERVICE_ROLE_KEY");
        } finally {
            stack.stopRest();
            stack.startRest(SinkStack.SECRET);
        }

        SinkTrial.eventually(() -> assertThat(stack.count("properties")).isEqualTo(1));
        trial.awaitReady();
        assertThat(trial.deadLetters()).isEmpty();
    }

    @Test
    void waitsWhileATableRefusesEverything() {
        stack.execute("alter table properties add constraint dear check (list_price > 1000000)");
        try {
            trial.properties(0, 300);
            trial.start(Map.of());
            trial.awaitTrouble("refuses row after row", "23514");
            assertThat(trial.deadLetters()).isEmpty();
        } finally {
            stack.execute("alter table properties drop constraint dear");
        }

        SinkTrial.eventually(() -> assertThat(trial.tally()).isEqualTo(Tally.of(Tally.WRITTEN, 300)));
        assertThat(trial.deadLetters()).isEmpty();
    }

    @Test
    void goesOnByItselfWhenTheGatewayKnowsItsKey() {
        stack.stopRest();
        stack.startRest(SinkStack.OTHER_SECRET);
        try {
            trial.start(Map.of("SUPABASE_REST_PATH", "/rest/v1"));
            trial.properties(0, 10);
            trial.awaitTrouble("the key is not accepted (HTTP 401)", "SUPABASE_SERVICE_ROLE_KEY");
            nothingIsGone(0);
        } finally {
            stack.stopRest();
            stack.startRest(SinkStack.SECRET);
        }

        allIsWritten(10);
    }

    private void workingSink() {
        trial.start(Map.of());
        trial.properties(0, 100);
        trial.awaitWritten(100);
    }

    private void nothingIsGone(long written) {
        assertThat(trial.deadLetters()).isEmpty();
        assertThat(stack.count("properties")).isEqualTo(written);
    }

    private void allIsWritten(long rows) {
        trial.awaitWritten(rows);
        trial.awaitReady();
        assertThat(trial.deadLetters()).isEmpty();
    }
}
