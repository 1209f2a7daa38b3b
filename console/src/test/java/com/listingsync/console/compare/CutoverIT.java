package com.listingsync.console.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.event.Operation;
import com.listingsync.common.health.Service;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.signal.SignalTarget;
import com.listingsync.console.replay.Project;
import com.listingsync.console.replay.ReplayBound;
import com.listingsync.console.replay.ReplayRequest;
import com.listingsync.console.replay.Replays;
import com.listingsync.console.replay.RowLog;
import com.listingsync.console.replay.RunningReplay;
import com.listingsync.console.signal.SignalBoard;
import com.listingsync.console.signal.SignalRequest;
import com.listingsync.console.verify.Difference.Kind;
import com.listingsync.console.verify.Verification;
import com.listingsync.console.verify.VerifyReport;
import com.listingsync.console.verify.VerifyRequest;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import com.listingsync.sink.Migrations;
import com.listingsync.sink.SinkApp;
import com.listingsync.sink.cutover.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** docs/cutover.md, done as it is written, step by step: an old sync, this one, one project, and the page's own SQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CutoverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LISTINGS = 120;
    private static final Pattern SQL = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    static Path folder;

    private EmbeddedKafka kafka;
    private Project project;
    private RowLog log;
    private List<String> sql;
    private @Nullable Service sink;
    private long version;

    @BeforeAll
    void start() throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        project = Project.start(folder.resolve("project"));
        log = new RowLog(kafka.bootstrapServers(), "c");
        Matcher blocks = SQL.matcher(Files.readString(Path.of("../docs/cutover.md")));
        sql = blocks.results().map(block -> block.group(1)).toList();
        assertThat(sql).as("before, the schema, the end").hasSize(3);
    }

    @AfterAll
    void stop() {
        stopSink();
        log.close();
        project.close();
        kafka.close();
    }

    @Test
    @Order(0)
    void theDatabaseKnowsTheSameBuckets() {
        project.execute(sql.get(0));

        for (String listing : listings(Share.ALL)) {
            assertThat(project.column("select listing_sync_bucket('" + listing + "')"))
                    .containsExactly(Integer.toString(Share.bucket(listing)));
        }
        assertThat(project.column("select listing_sync_bucket('Ł-ö')")).containsExactly("17");
    }

    @Test
    @Order(1)
    void inTheShadowNothingChanges() {
        oldSync("old 1", 0);
        startSink(Map.of("SYNC_MODE", "shadow"));
        newRows("new 1");

        await().atMost(PATIENCE).until(this::isCaughtUp);

        assertThat(cities()).containsExactly("old 1");
        assertThatThrownBy(() -> replay(Map.of("SYNC_MODE", "shadow"), 0))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("SYNC_MODE is shadow");
    }

    @Test
    @Order(2)
    void inASchemaOfItsOwnItIsComparedWithTheOldOne() throws Exception {
        project.execute(sql.get(1));
        project.execute(Migrations.all().get(0).sql().replace("public.", "shadow."));
        project.execute("notify pgrst, 'reload schema'");
        Map<String, String> schema = Map.of("SYNC_MODE", "shadow-schema", "SUPABASE_SCHEMA", "shadow");
        startSink(schema);
        replay(schema, 0);
        await().atMost(PATIENCE).until(() -> project.count("shadow.properties") == LISTINGS);

        CompareReport report = compared(schema);

        CompareReport.Table properties = report.tables().get(0);
        assertThat(properties.older()).isEqualTo(LISTINGS);
        assertThat(properties.missing() + properties.extra()).isZero();
        assertThat(properties.columns())
                .filteredOn(column -> column.different() > 0)
                .extracting(CompareReport.Column::name)
                .containsExactly("city");
        assertThat(cities()).containsExactly("old 1");

        // What the comparison showed is agreed upon: from here on both say the same.
        project.execute("update shadow.properties set city = 'old 1', row_version = row_version + 1");
        assertThat(compared(schema).isSame()).isTrue();
    }

    @Test
    @Order(3)
    void ofTenPercentJustThoseAreWritten() throws Exception {
        moveTo(10, 0, "2");
        assertThat(project.count("media")).isEqualTo(ours().size());
        assertThat(verified(10).isInSync()).isTrue();
    }

    @Test
    @Order(4)
    void aLargerShareOnlyAdds() throws Exception {
        List<String> before = ours();
        moveTo(25, 10, "3");
        assertThat(ours()).containsAll(before);

        before = ours();
        moveTo(50, 25, "4");
        assertThat(ours()).containsAll(before);
        assertThat(verified(50).isInSync()).isTrue();
    }

    @Test
    @Order(5)
    void goingBackIsInstant() throws Exception {
        say(true);
        await().atMost(PATIENCE).until(this::isPaused);
        newRows("new 5");
        // Other settings, and a restart, which the pause outlives.
        startSink(Map.of("SYNC_CUTOVER_PERCENT", "10"));
        await().atMost(PATIENCE).until(this::isPaused);
        assertThat(project.count("properties where city = 'new 5'")).isZero();
        oldSync("old 5", 10);
        say(false);
        awaitOurs("new 5", 10);

        assertThat(ours()).isEqualTo(listings(new Share(10)));
        assertThat(project.count("properties where city = 'old 5'")).isEqualTo(LISTINGS - ours().size());

        // And forward again: the log's rows are newer than what the old sync has written meanwhile.
        moveTo(25, 10, "6");
    }

    @Test
    @Order(6)
    void atTheEndEverythingIsThisSyncs() throws Exception {
        moveTo(100, 25, "7");
        project.execute("insert into properties (listing_key, city) values ('LEFTOVER', 'old 7')");

        VerifyReport report = verified(100);

        assertThat(report.differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.EXTRA);
            assertThat(one.id()).isEqualTo("LEFTOVER");
        });
        project.execute(sql.get(2));
        project.execute("update properties set city = 'by hand' where listing_key = 'L1'");
        assertThat(project.column("select city from properties where listing_key = 'L1'"))
                .containsExactly("new 7");
    }

    /** One step of the guide: the old sync leaves them out, the sink takes them in, a replay brings them. */
    private void moveTo(int percent, int before, String step) throws Exception {
        oldSync("old " + step, percent);
        Map<String, String> settings = Map.of("SYNC_CUTOVER_PERCENT", Integer.toString(percent));
        startSink(settings);
        replay(settings, before);
        List<String> brought = listings(new Share(percent));
        assertThat(project.column("select listing_key from properties where city like 'new%' order by 1"))
                .isEqualTo(brought);
        newRows("new " + step);
        awaitOurs("new " + step, percent);

        assertThat(ours()).isEqualTo(brought);
        assertThat(project.count("properties where city = 'old " + step + "'")).isEqualTo(LISTINGS - brought.size());
        assertThat(project.count(
                        "media m where exists (select from properties p where p.listing_key = m.listing_key and"
                                + " p.row_version > 0)"))
                .isEqualTo(brought.size());
    }

    /** A run of the old sync: it knows nothing of versions, and leaves out what is below so many percent. */
    private void oldSync(String city, int leavesOut) {
        project.execute("insert into properties (listing_key, city, list_price) select 'L' || n, '" + city
                + "', n from generate_series(1, " + LISTINGS + ") n where listing_sync_bucket('L' || n) >= " + leavesOut
                + " on conflict (listing_key) do update set city = excluded.city, list_price = excluded.list_price");
    }

    private void newRows(String city) {
        version++;
        for (int i = 1; i <= LISTINGS; i++) {
            String key = "L" + i;
            log.row(
                    key,
                    "properties",
                    key,
                    Operation.UPSERT,
                    version,
                    "\"listing_key\":\"" + key + "\",\"list_price\":" + i + ",\"city\":\"" + city + "\"");
            log.media(key, "M" + i, version);
        }
        log.flush();
    }

    private void awaitOurs(String city, int percent) {
        await().atMost(PATIENCE)
                .until(() -> project.count("properties where city = '" + city + "'")
                        == listings(new Share(percent)).size());
        await().atMost(PATIENCE).until(this::isCaughtUp);
    }

    /** The listings that the newest rows of this sync are in the table of. */
    private List<String> ours() {
        return project.column("select listing_key from properties where row_version > 0 order by 1");
    }

    private List<String> cities() {
        return project.column("select distinct city from public.properties");
    }

    private static List<String> listings(Share share) {
        return IntStream.rangeClosed(1, LISTINGS)
                .mapToObj(i -> "L" + i)
                .filter(share::takes)
                .sorted()
                .toList();
    }

    private void startSink(Map<String, String> settings) {
        stopSink();
        sink = SinkApp.start(environment(settings));
    }

    private void stopSink() {
        if (sink != null) {
            sink.close();
        }
    }

    /** {@code pause sink} and {@code resume sink}. */
    private void say(boolean paused) {
        new SignalBoard(log.access())
                .send(
                        new SignalRequest(SignalTarget.SINK, paused, "tester", "back to 10 %"),
                        System.currentTimeMillis());
    }

    private boolean isPaused() {
        return sink != null && sink.health().facts().get("paused") instanceof List<?> paused && !paused.isEmpty();
    }

    private void replay(Map<String, String> settings, int above) throws InterruptedException {
        Replays replays = new Replays(
                log.access(), environment(settings), (who, what, on, counts, problem) -> {}, Clock.systemUTC());
        ReplayRequest request = new ReplayRequest(
                "rows", List.of(), List.of(), null, ReplayBound.NONE, ReplayBound.NONE, null, above, 0, "tester");
        try (RunningReplay replay =
                replays.start(request, Replays.Live.REFUSED).here().orElseThrow()) {
            assertThat(replay.awaitEnd(PATIENCE)).isTrue();
            assertThat(replay.status().state()).isEqualTo("finished");
        }
    }

    private VerifyReport verified(int percent) {
        Map<String, String> settings = Map.of("SYNC_CUTOVER_PERCENT", Integer.toString(percent));
        VerifyRequest request = new VerifyRequest(
                List.of("properties", "media"), List.of(), 0, VerifyRequest.USUAL_GRACE, java.util.Optional.empty());
        return new Verification(log.access(), environment(settings), Mapping.standard(), request, Clock.systemUTC())
                .work(() -> false);
    }

    private CompareReport compared(Map<String, String> settings) {
        Map<String, String> environment = environment(settings);
        OldSide old = OldSide.of("public.*", new OldSide.Entry("", "", "/rest/v1", ""), environment);
        CompareRequest request = new CompareRequest(
                List.of("properties"), List.of(), List.of(), Map.of(), CompareRequest.USUALLY_IGNORED, 0, 5, false);
        return new ProjectComparison(environment, old, Mapping.standard(), request, Clock.systemUTC())
                .work(() -> false);
    }

    private boolean isCaughtUp() throws Exception {
        return log.lag("c-sink") == 0;
    }

    private Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(log.environment(project));
        environment.putAll(settings);
        return environment;
    }
}
