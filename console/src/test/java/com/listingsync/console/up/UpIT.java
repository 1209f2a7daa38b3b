package com.listingsync.console.up;

import static com.listingsync.console.up.Truth.field;
import static com.listingsync.console.up.Truth.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.console.run.RunsTail;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Everything that {@code up} starts, from the sample's HTTP servers to rows in PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpIT {

    private static final int LISTINGS = 300;
    private static final int LAST = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path temporary;

    private RunningSample sample;
    private RunState firstRun;
    private SampleWorld world;
    private Truth truth;
    private Tables tables;

    @BeforeAll
    void syncForTheFirstTime() throws Exception {
        start();
        firstRun = sample.fullRun();
    }

    @AfterAll
    void stop() {
        sample.close();
    }

    @Test
    @Order(1)
    void completesTheFirstRunWithBalancedBooks() {
        assertThat(firstRun.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(firstRun.feeds()).hasSize(9).allSatisfy((name, feed) -> {
            assertThat(feed.tally().inFlight()).as(name).isZero();
            assertThat(feed.tally().refused()).as(name).isZero();
        });
        assertThat(firstRun.total().fetched()).isGreaterThan(LISTINGS * 10L);
    }

    @Test
    @Order(2)
    void writesEveryListingWithItsColumns() {
        assertThat(tables.pairs("select listing_key, list_price from properties where deleted_at is null"))
                .isEqualTo(field(truth.listings(), "ListPrice"));
        assertThat(tables.pairs("select listing_key, city from properties where deleted_at is null"))
                .isEqualTo(field(truth.listings(), "City"));
        assertThat(tables.pairs("select listing_key, standard_status from properties where deleted_at is null"))
                .isEqualTo(field(truth.listings(), "StandardStatus"));
        assertThat(tables.pairs("select listing_key, public_remarks from properties where deleted_at is null"))
                .isEqualTo(field(truth.listings(), "PublicRemarks"));
    }

    @Test
    @Order(2)
    void writesEveryChildOfAKnownListing() {
        assertThat(tables.pairs("select media_key, media_url from media where deleted_at is null"))
                .isEqualTo(field(truth.media(), "MediaURL"));
        assertThat(tables.pairs("select room_key, room_type from property_rooms where deleted_at is null"))
                .isEqualTo(field(truth.rooms(), "RoomType"));
        assertThat(tables.pairs("select open_house_key, listing_key from open_houses where deleted_at is null"))
                .isEqualTo(field(truth.openHouses(), "ListingKey"));
    }

    @Test
    @Order(2)
    void writesEveryRowOfTheSheetWithTheStatusOfItsListing() {
        assertThat(tables.pairs("select property_number, '' from property_listings where deleted_at is null"))
                .containsOnlyKeys(truth.propertyNumbers());
        assertThat(truth.links())
                .isNotEmpty()
                .allSatisfy((number, listing) -> assertThat(sheetRow(number))
                        .containsEntry("mls_listing_key", listing)
                        .containsEntry("status", listing(listing).get("status")));
    }

    @Test
    @Order(2)
    void writesTheRunItself() {
        eventually(() -> assertThat(tables.row("select * from sync_state where id = ?", firstRun.run()))
                .containsEntry("status", "completed")
                .containsEntry("total_items", Long.toString(firstRun.total().fetched())));
    }

    @Test
    @Order(2)
    void answersHealthAndMetricsOfEveryService() {
        assertThat(sample.stack().endpoints().services())
                .containsOnlyKeys("producer", "processor", "sink", "console")
                .allSatisfy((service, root) -> {
                    assertThat(get(root + "/health/live").statusCode()).isEqualTo(200);
                    assertThat(get(root + "/health/ready").body()).contains("\"status\":\"up\"");
                    assertThat(get(root + "/metrics").body()).contains("jvm_memory_used_bytes");
                });
    }

    @Test
    @Order(2)
    void servesTheRunOverHttp() {
        String console = sample.address("console");

        eventually(() -> assertThat(get(console + "/api/runs/" + firstRun.run()).body())
                .contains("\"run\":\"" + firstRun.run() + "\"", "\"balanced\":true"));
        assertThat(get(console + "/api/runs/none").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(10)
    void followsAPrice() {
        String key = truth.activeListings().get(0);

        world.changePrice(key, 1_234_500);

        eventually(() -> assertThat(listing(key)).containsEntry("list_price", "1234500"));
    }

    @Test
    @Order(11)
    void tellsOfASaleInTheListingItsHistoryAndTheLinkedSheetRow() {
        Map.Entry<String, String> linked = truth.links().entrySet().stream()
                .filter(link -> listing(link.getValue())
                        .getOrDefault("standard_status", "")
                        .equals("Active"))
                .findFirst()
                .orElseThrow();
        String key = linked.getValue();
        String before = listing(key).get("status");

        world.sell(key);

        eventually(() -> {
            Map<String, String> row = listing(key);
            assertThat(row).containsEntry("standard_status", "Closed");
            assertThat(tables.row(
                            "select * from listing_status_history where listing_key = ? and from_status = ?",
                            key,
                            before))
                    .containsEntry("to_status", row.get("status"))
                    .containsEntry("action", "unpublish");
            assertThat(sheetRow(linked.getKey())).containsEntry("status", row.get("status"));
        });
        assertThat(tables.count("listing_status_history where listing_key = ? and from_status = ?", key, before))
                .isEqualTo(1);
    }

    @Test
    @Order(11)
    void takesThePostsOfASoldListingDown() {
        String key = truth.activeListings().get(4);
        String social = sample.address("social");
        Map<String, String> posts =
                tables.pairs("select external_id, status from listing_posts where listing_key = ?", key);
        assertThat(posts).hasSize(3).containsValue("published").doesNotContainValue("unpublished");
        assertThat(get(social + "/posts").body()).contains(posts.keySet());

        world.sell(key);

        eventually(() -> assertThat(tables.count(
                        "listing_posts where listing_key = ? and status = 'unpublished' and unpublished_at is not null",
                        key))
                .isEqualTo(3));
        assertThat(get(social + "/posts").body()).doesNotContain(posts.keySet());
    }

    @Test
    @Order(12)
    void followsTheOrderOfPhotos() {
        String key = truth.activeListings().get(2);
        Map<String, String> before = photoOrder(key);

        world.reorderPhotos(key);

        Map<String, String> after = expectedPhotoOrder(key);
        assertThat(after).isNotEqualTo(before);
        eventually(() -> assertThat(photoOrder(key)).isEqualTo(after));
    }

    @Test
    @Order(13)
    void marksADeletedListingAndItsChildren() {
        String key = truth.activeListings().get(3);
        assertThat(tables.count("media where listing_key = ? and deleted_at is null", key))
                .isPositive();

        world.deleteListing(key);

        eventually(() -> {
            assertThat(listing(key).get("deleted_at")).isNotEqualTo("null");
            assertThat(tables.count("media where listing_key = ? and deleted_at is null", key))
                    .isZero();
            assertThat(tables.count("property_rooms where listing_key = ? and deleted_at is null", key))
                    .isZero();
        });
    }

    @Test
    @Order(14)
    void keepsChildrenUntilTheirListingComes() {
        long parkedBefore = parked();
        String key = world.announceListing();
        eventually(() -> assertThat(parked()).isGreaterThan(parkedBefore));
        assertThat(tables.count("media where listing_key = ?", key)).isZero();

        world.publishListing(key);

        eventually(() -> {
            assertThat(listing(key)).containsEntry("listing_key", key);
            assertThat(photoOrder(key)).isNotEmpty().isEqualTo(expectedPhotoOrder(key));
            assertThat(tables.count("property_rooms where listing_key = ?", key))
                    .isEqualTo(truth.rooms().values().stream()
                            .filter(room -> text(room, "ListingKey").equals(key))
                            .count());
        });
    }

    @Test
    @Order(15)
    void followsTheSheet() {
        List<String> unlinked = truth.propertyNumbers().stream()
                .filter(number -> !truth.links().containsKey(number))
                .toList();
        String edited = unlinked.get(0);
        String removed = unlinked.get(1);

        world.editSheetRow(edited, "Price", 123_456);
        world.removeSheetRow(removed);

        eventually(() -> {
            assertThat(sheetRow(edited)).containsEntry("price", "123456");
            assertThat(sheetRow(removed).get("deleted_at")).isNotEqualTo("null");
        });
    }

    @Test
    @Order(LAST)
    void fetchesOnlyWhatChangedAfterARestart() throws Exception {
        long rows = tables.count("properties");
        sample.close();
        start();
        String key = truth.activeListings().get(1);
        world.changePrice(key, 987_600);

        RunState second = sample.fullRun();

        assertThat(second.status()).isEqualTo(RunStatus.COMPLETED);
        // Rows of the last minutes are read again for late ones (the overlap), and known to be duplicates.
        assertThat(second.total().fetched()).isLessThan(LISTINGS);
        assertThat(second.total().written()).isBetween(1L, 2L);
        assertThat(listing(key)).containsEntry("list_price", "987600");
        assertThat(tables.count("properties")).isEqualTo(rows);
    }

    private void start() throws IOException, InterruptedException {
        sample = RunningSample.of(7, LISTINGS).scheduled().readyIn(temporary);
        world = sample.world();
        truth = new Truth(world);
        tables = sample.tables();
    }

    private static HttpResponse<String> get(String address) {
        return HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .join();
    }

    private long parked() {
        try (RunsTail tail = RunsTail.open(sample.kafka())) {
            return tail.newestFirst().stream()
                    .mapToLong(run -> run.total().parked())
                    .sum();
        }
    }

    private Map<String, String> listing(String key) {
        return tables.row("select * from properties where listing_key = ?", key);
    }

    private Map<String, String> sheetRow(String propertyNumber) {
        return tables.row("select * from property_listings where property_number = ?", propertyNumber);
    }

    private Map<String, String> photoOrder(String listing) {
        return tables.pairs(
                "select media_key, \"order\" from media where deleted_at is null and listing_key = ?", listing);
    }

    private Map<String, String> expectedPhotoOrder(String listing) {
        Map<String, String> order = field(truth.media(), "Order");
        order.keySet()
                .removeIf(key -> world.record(Resource.MEDIA, Feed.VOW, key)
                        .filter(photo -> text(photo, "ResourceRecordKey").equals(listing))
                        .isEmpty());
        return order;
    }

    private static void eventually(ThrowingRunnable assertions) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(assertions);
    }
}
