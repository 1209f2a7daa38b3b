package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.health.Service;
import com.listingsync.common.run.Tally;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.RowKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of the user's own: other columns, a key of two columns, a guard of another name, or none. */
class AnySchemaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String MAPPING = """
            version: 1
            tables:
              board_homes:
                entity: property
                key: [board, code]
                guard: revision
                deleted_at: gone_at
                columns:
                  board: {constant: TRREB, required: true}
                  code: {from: ListingKey, required: true}
                  asking: {from: ListPrice, type: decimal}
                  gone_at: {computed: deleted_at, type: timestamp}
                  revision: {computed: row_version, type: integer}
              board_notes:
                entity: property
                key: code
                guard: none
                deleted_at: none
                stage: 1
                columns:
                  code: {from: ListingKey, required: true}
                  note: {from: PublicRemarks}
            """;

    @TempDir
    static Path folder;

    private static SinkStack stack;

    private Topics topics;
    private RowsTopic rows;
    private Service sink;

    @BeforeAll
    static void startStack() throws IOException {
        stack = SinkStack.start(folder);
        stack.execute("""
                create table public.board_homes (
                  board text, code text, asking numeric, gone_at timestamptz, revision bigint not null,
                  own_column text default 'the app''s own',
                  primary key (board, code));
                create trigger board_homes_guard before update on public.board_homes for each row
                  when (new.revision <= old.revision) execute function public.listing_sync_refuse_older();
                create table public.board_notes (code text primary key, note text);
                grant select, insert, update, delete on public.board_homes, public.board_notes to service_role;
                """);
        stack.reloadSchema();
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void freshTopics() {
        stack.execute("truncate board_homes, board_notes");
        topics = stack.freshTopics();
        rows = new RowsTopic(stack.bootstrapServers(), topics);
    }

    @AfterEach
    void stopSink() {
        if (sink != null) {
            sink.close();
        }
        rows.close();
    }

    @Test
    void writesRowsByAKeyOfTwoColumnsAndLeavesTheAppsColumnsAlone() throws IOException {
        home("TRREB", "W1", 5, "500", "run-1");
        home("CREA", "W1", 5, "600", "run-1");

        start(MAPPING);

        eventually(() -> assertThat(tally("run-1")).isEqualTo(Tally.of(Tally.WRITTEN, 2)));
        assertThat(
                        stack.column(
                                "select board || ' ' || code || ' ' || asking || ' ' || own_column from board_homes order by 1"))
                .containsExactly("CREA W1 600 the app's own", "TRREB W1 500 the app's own");
    }

    @Test
    void neverReplacesANewerRowAndCountsEachRowInItsOwnRunsBooks() throws IOException {
        stack.execute(
                "insert into board_homes (board, code, asking, revision) values ('TRREB', 'W1', 7, 7), ('TRREB', 'W2', 7, 7)");
        home("TRREB", "W1", 6, "6", "run-1");
        home("TRREB", "W2", 8, "8", "run-2");
        home("TRREB", "W3", 1, "1", "run-1");

        start(MAPPING);

        eventually(() ->
                assertThat(tally("run-1")).isEqualTo(Tally.of(Tally.WRITTEN, 1).plus(Tally.of(Tally.UNCHANGED, 1))));
        eventually(() -> assertThat(tally("run-2")).isEqualTo(Tally.of(Tally.WRITTEN, 1)));
        assertThat(stack.column("select asking from board_homes order by code")).containsExactly("7", "8", "1");
    }

    @Test
    void marksARowDeletedUnderTheNamesThatTheMappingGives() throws IOException {
        stack.execute("insert into board_homes (board, code, asking, revision) values ('TRREB', 'W1', 7, 7)");
        send(
                "board_homes",
                RowKey.idOf(List.of("TRREB", "W1")),
                "delete",
                8,
                "{\"board\":\"TRREB\",\"code\":\"W1\",\"gone_at\":\"2026-11-22T00:00:00Z\",\"revision\":8}",
                "run-1");

        start(MAPPING);

        eventually(() -> assertThat(
                        stack.column("select asking || ' ' || revision from board_homes where gone_at is not null"))
                .containsExactly("7 8"));
    }

    @Test
    void bisectsABadRowOutOfATableOfTheUsersOwn() throws IOException {
        for (int i = 0; i < 50; i++) {
            home("TRREB", "W" + i, 1, i == 20 ? "\"lots\"" : "100", "run-1");
        }

        start(MAPPING);

        eventually(() -> assertThat(tally("run-1"))
                .isEqualTo(Tally.of(Tally.WRITTEN, 49).plus(Tally.of(Tally.refused("22P02"), 1))));
        assertThat(stack.committed().on(topics.deadLetters(Stage.SINK))).hasSize(1);
    }

    @Test
    void writesATableWithoutAGuardWhenItsMappingAllowsIt() throws IOException {
        send("board_notes", "W1", "upsert", 9, "{\"code\":\"W1\",\"note\":\"newer\"}", "run-1");

        start(MAPPING);

        eventually(
                () -> assertThat(stack.column("select note from board_notes")).containsExactly("newer"));
        assertThat(sink.health().isReady()).isTrue();
    }

    @Test
    void refusesToStartOnATableThatDoesNotSpeakOfItsGuard() throws IOException {
        assertThatThrownBy(() -> start(MAPPING.replace("    guard: none\n", "")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("tables.board_notes.guard: missing")
                .hasMessageContaining("an older row that comes late or is replayed replaces a newer one")
                .hasMessageContaining("'guard: none'");
    }

    @Test
    void saysAtStartThatTheGuardsColumnIsNotThereAndGoesOnOnceItIs() throws IOException {
        stack.execute("alter table board_notes drop column if exists revision");
        stack.reloadSchema();
        String guarded = MAPPING.replace("    guard: none\n", "    guard: revision\n")
                .replace(
                        "      note: {from",
                        "      revision: {computed: row_version, type: integer}\n      note: {from");

        start(guarded);

        eventually(() -> assertThat(sink.health().ready())
                .anySatisfy(check -> assertThat(check.problem())
                        .hasValueSatisfying(words -> assertThat(words).contains("board_notes.revision"))));
        stack.execute("alter table board_notes add column revision bigint");
        stack.reloadSchema();
        eventually(() -> assertThat(sink.health().isReady()).isTrue());
    }

    private void home(String board, String code, int revision, String asking, String run) {
        send(
                "board_homes",
                RowKey.idOf(List.of(board, code)),
                "upsert",
                revision,
                "{\"board\":\"" + board + "\",\"code\":\"" + code + "\",\"asking\":" + asking
                        + ",\"gone_at\":null,\"revision\":" + revision + "}",
                run);
    }

    private void send(String table, String id, String operation, int version, String json, String run) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "schema",
                "1",
                "table",
                table,
                "operation",
                operation,
                "row-version",
                Integer.toString(version),
                "connection",
                "board",
                "feed",
                "property",
                "view",
                "idx",
                "run",
                run));
        // One listing for all: they travel in one poll and one batch.
        rows.raw(new RowKey("W", table, id).bytes(), json.getBytes(StandardCharsets.UTF_8), headers);
        rows.flush();
    }

    private void start(String mapping) throws IOException {
        Map<String, String> environment = new HashMap<>(stack.environment(topics));
        environment.put(
                "SYNC_MAPPING",
                Files.writeString(folder.resolve("mapping.yaml"), mapping).toString());
        sink = SinkApp.start(environment);
    }

    private Tally tally(String run) {
        return stack.committed().tally(topics, run);
    }

    private static void eventually(ThrowingRunnable assertions) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertions);
    }
}
