package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.sheets.SampleSheets;
import com.listingsync.embedded.sheets.SheetsOptions;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.world.SampleWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of commands: the listings and feeds they name, everything again, and what nobody knows. */
class CommandsIT {

    private static final int LISTINGS = 60;

    @TempDir
    Path folder;

    private final Broker broker = Broker.withTopics();
    private SampleWorld world;
    private SampleMls mls;
    private SampleSheets sheets;
    private Producing producing;

    @BeforeEach
    void start() {
        world = SampleWorld.generate(11, LISTINGS, null);
        mls = new SampleMls(world, MlsOptions.defaults().withMaxPageSize(20)).start();
        sheets = new SampleSheets(world, SheetsOptions.defaults().withSharedKey()).start();
        producing = new Producing(broker, folder, yaml()).with("SHEET_KEY", sheets.serviceAccountJson());
    }

    @AfterEach
    void stop() {
        producing.close();
        sheets.close();
        mls.close();
        world.close();
    }

    @Test
    void fetchesJustTheListingsNamedAndWhatBelongsToThem() {
        producing.start();
        producing.sync("r1", "idx", "property", "media");
        String key = listing(0);
        int photos = emittedOf(Entity.MEDIA, key);
        long asked = mls.requestCount();

        RunState run =
                producing.sync(command("r2", "idx", List.of("property", "media"), List.of(key, "nowhere"), false));

        assertThat(run.feeds().get("idx/property").tally().fetched()).isEqualTo(1);
        assertThat(run.feeds().get("idx/media").tally().fetched()).isEqualTo(photos);
        assertThat(emittedOf(Entity.MEDIA, key)).isEqualTo(2 * photos);
        assertThat(run.missingKeys()).containsExactly("nowhere");
        assertThat(mls.requestCount() - asked)
                .as("a few requests, not a reading of the feed")
                .isLessThan(12);
        assertThat(producing.emitted(Entity.PROPERTY))
                .filteredOn(record -> record.event().operation() == Operation.DELETE)
                .isEmpty();
    }

    @Test
    void leavesTheCursorWhereItIsWhenItFetchesListings() {
        producing.start();
        producing.sync("r1", "idx", "property");
        String key = listing(0);
        producing.sync(command("r2", "idx", List.of("property"), List.of(key), false));

        world.changePrice(key, 765_432);
        RunState run = producing.sync("r3", "idx", "property");

        assertThat(run.total().fetched() - run.total().skipped()).isEqualTo(1);
    }

    @Test
    void asksForPagesOfTheSizeThatACommandNamesAndSaysSo() {
        producing.start();
        RunState usual = producing.sync("r1", "idx", "property");
        mls.forgetAsked();

        RunState small = producing.sync(paged("r2", SyncCommand.Sweep.NONE, 7));
        List<String> asked = pagesAsked();
        mls.forgetAsked();
        RunState swept = producing.sync(paged("r3", SyncCommand.Sweep.SWEEP, 9));

        assertThat(asked)
                .hasSizeGreaterThanOrEqualTo((int) usual.total().fetched() / 7)
                .allMatch(request -> request.endsWith("$top=7") || request.contains("$top=7&"));
        assertThat(small.feeds().get("idx/property").problem()).isNull();
        assertThat(small.total().fetched()).isEqualTo(usual.total().fetched());
        assertThat(small.feeds().get("idx/property").pageSize()).isEqualTo(7);
        assertThat(mls.asked()).anyMatch(request -> request.contains("$select=") && request.contains("$top=9"));
        assertThat(pagesAsked()).allMatch(request -> request.contains("$top=9"));
        assertThat(swept.feeds().get("idx/property").problem()).isNull();
    }

    @Test
    void asksForNoLargerPagesThanTheFeedIsSetTo() {
        producing.start();

        RunState run = producing.sync(paged("r1", SyncCommand.Sweep.NONE, 10_000));
        RunState usual = producing.sync("r2", "idx", "property");

        assertThat(pagesAsked()).allMatch(request -> request.contains("$top=20"));
        assertThat(run.feeds().get("idx/property").pageSize()).isEqualTo(20);
        assertThat(usual.feeds().get("idx/property").pageSize()).isNull();
    }

    @Test
    void findsRowsOfASheetByTheirNumberAndByTheirListing() {
        producing.start();
        producing.sync("r1", "sheet", "listings");
        Producing.Emitted row = producing.emitted(Entity.SHEET).stream()
                .filter(record -> !part(record, 0).equals(part(record, 1)))
                .findFirst()
                .orElseThrow();

        RunState byNumber =
                producing.sync(command("r2", "sheet", List.of("listings"), List.of(part(row, 1), "nowhere"), false));
        RunState byListing = producing.sync(command("r3", "sheet", List.of("listings"), List.of(part(row, 0)), false));

        assertThat(byNumber.total().fetched()).isEqualTo(1);
        assertThat(byNumber.missingKeys()).containsExactly("nowhere");
        assertThat(byListing.total().fetched()).isPositive();
        assertThat(byListing.missingKeys()).isEmpty();
    }

    @Test
    void readsEverythingAgainWhenForcedAndThenGoesOnWhereItWas() {
        producing.start();
        RunState first = producing.sync("r1", "idx", "property");

        RunState forced = producing.sync(command("r2", "idx", List.of("property"), List.of(), true));
        RunState next = producing.sync("r3", "idx", "property");

        assertThat(forced.total().fetched()).isEqualTo(first.total().fetched());
        assertThat(forced.total().skipped()).isZero();
        assertThat(next.total().fetched()).isEqualTo(next.total().skipped());
    }

    @Test
    void goesOnWithAForcedReadingAfterARestart() {
        producing.start();
        long all = producing.sync("r1", "idx", "property").total().fetched();
        mls.faults().failNext(10_000, Fault.slow(Duration.ofMillis(150)));
        producing.command(command("r2", "idx", List.of("property"), List.of(), true), new FeedName("idx", "property"));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> producing.run("r2").total().fetched() > 0);
        producing.close();
        long before = producing.run("r2").total().fetched();
        mls.faults().clear();

        producing.start();
        RunState run = producing.awaitRead("r2");

        assertThat(before).isBetween(1L, all - 1);
        assertThat(run.total().fetched()).as("no page is read twice").isEqualTo(all);
        assertThat(run.feeds().get("idx/property").problem()).isNull();
    }

    @Test
    void readsAQuickFeedWhileASlowOneIsUnderWay() {
        producing.start();
        producing.sync("r1", "idx", "property");
        mls.faults().failNext(10_000, "/Media", Fault.slow(Duration.ofSeconds(20)));
        producing.command(command("r2", "idx", List.of("media"), List.of(), false), new FeedName("idx", "media"));

        RunState run = producing.sync("r3", "idx", "property");

        assertThat(run.feeds().get("idx/property").problem()).isNull();
        assertThat(producing.run("r2").feeds().get("idx/media").isFinished()).isFalse();
        mls.faults().clear();
    }

    @Test
    void endsARunOverAConnectionThatNobodyKnows() {
        producing.start();

        RunState run = producing.sync(command("r1", "attic", List.of("property", "media"), List.of(), false));

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.feeds().values())
                .hasSize(2)
                .allSatisfy(feed -> assertThat(feed.problem())
                        .isEqualTo("the producers have no connection 'attic'; they have idx, sheet"));
    }

    @Test
    void endsAFeedThatItsConnectionDoesNotHaveAndReadsTheOthers() {
        producing.start();

        RunState run = producing.sync(command("r1", "idx", List.of("property", "plots"), List.of(), false));

        assertThat(run.feeds().get("idx/plots").problem())
                .isEqualTo("connection idx has no feed 'plots'; it has property, media, rooms");
        assertThat(run.feeds().get("idx/property").problem()).isNull();
    }

    @Test
    void followsTwoCommandsForOneFeedOneAfterTheOther() {
        producing.start();
        SyncCommand first = command("r1", "idx", List.of("property"), List.of(), true);
        SyncCommand second = command("r2", "idx", List.of("property"), List.of(), true);

        producing.command(first, new FeedName("idx", "property"));
        producing.command(second, new FeedName("idx", "property"));
        RunState one = producing.awaitRead("r1");
        RunState other = producing.awaitRead("r2");

        assertThat(other.total().fetched()).isEqualTo(one.total().fetched()).isPositive();
        assertThat(other.feeds().get("idx/property").startedAt())
                .isGreaterThanOrEqualTo(one.feeds().get("idx/property").finishedAt());
    }

    @Test
    void failsACommandAtOnceWhileTheConnectionIsPausedByItsBreaker() {
        producing.start();
        mls.faults().failNext(10_000, Fault.status(503));
        producing.sync("r1", "idx", "property");
        producing.sync("r2", "idx", "property");

        RunState run = producing.sync("r3", "idx", "property");

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.feeds().get("idx/property").problem()).contains("circuit breaker open");
    }

    @Test
    void announcesItsConnectionsAndWithdrawsThoseThatAreGone() {
        producing.start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(cards()).containsOnlyKeys("idx", "sheet"));
        assertThat(cards().get("idx"))
                .isEqualTo(new ConnectionCard(
                        "idx",
                        "acme",
                        "mls",
                        "idx",
                        List.of(
                                new ConnectionCard.FeedCard("property", "property"),
                                new ConnectionCard.FeedCard("media", "media"),
                                new ConnectionCard.FeedCard("rooms", "rooms"))));
        producing.close();

        producing.connections(yaml().substring(0, yaml().indexOf("  - name: sheet")));
        producing.start();

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(cards()).containsOnlyKeys("idx"));
    }

    private Map<String, ConnectionCard> cards() {
        Map<String, ConnectionCard> cards = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.read(broker.topics().connections())) {
            if (record.value() == null) {
                cards.remove(new String(record.key()));
            } else {
                cards.put(new String(record.key()), ConnectionCard.of(record.value()));
            }
        }
        return cards;
    }

    private String listing(int number) {
        return part(producing.emitted(Entity.PROPERTY).get(number), 0);
    }

    private int emittedOf(Entity entity, String listing) {
        return (int) producing.emitted(entity).stream()
                .filter(record -> part(record, 0).equals(listing))
                .count();
    }

    private static String part(Producing.Emitted record, int part) {
        return record.key().split("/")[part];
    }

    private static SyncCommand command(
            String run, String connection, List<String> feeds, List<String> keys, boolean force) {
        return new SyncCommand(run, connection, feeds, keys, force, "test");
    }

    /** Requests for pages, not those that ask whether there is any record. */
    private List<String> pagesAsked() {
        return mls.asked().stream()
                .filter(request -> !request.endsWith("$top=1"))
                .toList();
    }

    private static SyncCommand paged(String run, SyncCommand.Sweep sweep, int pageSize) {
        return new SyncCommand(run, "idx", List.of("property"), List.of(), true, sweep, pageSize, "test");
    }

    private String yaml() {
        return """
                connections:
                  - name: idx
                    owner: acme
                    kind: mls
                    profile: reso
                    view: idx
                    url: %s
                    auth: {token: %s}
                    feeds: {property: {page_size: 20}, media: {}, rooms: {}}
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
