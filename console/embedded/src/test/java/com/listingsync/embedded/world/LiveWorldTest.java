package com.listingsync.embedded.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveWorldTest {
    private static final String NOON = "2026-03-10T12:00:00Z";

    private final SettableClock clock = new SettableClock(Worlds.NOON);
    private final SampleWorld world = SampleWorld.generate(WorldPlan.of(42, 200).withClock(clock));

    @Test
    void stampsAPriceChangeWithThePresentSecond() {
        String key = Worlds.someListing(world);
        int before = Worlds.listing(world, Feed.IDX, key).get("ListPrice").asInt();

        world.changePrice(key, 777_000);

        JsonNode after = Worlds.listing(world, Feed.IDX, key);
        assertThat(after.get("ListPrice").asInt()).isEqualTo(777_000);
        assertThat(after.get("PreviousListPrice").asInt()).isEqualTo(before);
        assertThat(after.get("MlsStatus").asText()).isEqualTo("Price Change");
        assertThat(after.get("ModificationTimestamp").asText()).isEqualTo(NOON);
    }

    @Test
    void keepsASoldListingInIdxUntilItLeavesWithoutAWord() {
        String key = Worlds.someListing(world);

        world.sell(key);

        JsonNode sold = Worlds.listing(world, Feed.IDX, key);
        assertThat(sold.get("StandardStatus").asText()).isEqualTo("Closed");
        assertThat(Worlds.listing(world, Feed.VOW, key).get("ClosePrice").isNumber())
                .isTrue();

        for (int i = 0; i < 20; i++) {
            world.tick();
        }

        assertThat(world.record(Resource.PROPERTY, Feed.IDX, key)).isEmpty();
        assertThat(Worlds.texts(world, Resource.MEDIA, Feed.IDX, "ResourceRecordKey"))
                .doesNotContain(key);
        assertThat(Worlds.texts(world, Resource.MEDIA, Feed.VOW, "ResourceRecordKey"))
                .contains(key);
    }

    @Test
    void movesOnlyPhotoClocksWhenPhotosAreReordered() {
        String key = Worlds.someListing(world);
        String modified = Worlds.listing(world, Feed.IDX, key)
                .get("ModificationTimestamp")
                .asText();
        List<String> before = world.photosOf(key);

        world.reorderPhotos(key);

        assertThat(world.photosOf(key)).isNotEqualTo(before).containsExactlyInAnyOrderElementsOf(before);
        JsonNode listing = Worlds.listing(world, Feed.IDX, key);
        assertThat(listing.get("PhotosChangeTimestamp").asText()).isEqualTo(NOON);
        assertThat(listing.get("ModificationTimestamp").asText()).isEqualTo(modified);
        assertThat(world.record(Resource.MEDIA, Feed.IDX, before.get(0))
                        .orElseThrow()
                        .get("MediaModificationTimestamp")
                        .asText())
                .isEqualTo(NOON);
    }

    @Test
    void countsOnePhotoLessWhenOneIsDeleted() {
        String key = Worlds.someListing(world);
        int before = Worlds.listing(world, Feed.IDX, key).get("PhotosCount").asInt();
        String last = world.photosOf(key).get(world.photosOf(key).size() - 1);

        world.softDeleteMedia(last);

        assertThat(Worlds.listing(world, Feed.IDX, key).get("PhotosCount").asInt())
                .isEqualTo(before - 1);
        assertThat(world.record(Resource.MEDIA, Feed.IDX, last)
                        .orElseThrow()
                        .get("MediaStatus")
                        .asText())
                .isEqualTo("Deleted");
    }

    @Test
    void showsTheChildrenOfANewListingBeforeTheListing() {
        String key = world.announceListing();

        assertThat(world.record(Resource.PROPERTY, Feed.VOW, key)).isEmpty();
        assertThat(Worlds.texts(world, Resource.MEDIA, Feed.IDX, "ResourceRecordKey"))
                .contains(key);
        assertThat(Worlds.texts(world, Resource.ROOMS, Feed.IDX, "ListingKey")).contains(key);

        clock.advance(Duration.ofSeconds(30));
        world.publishListing(key);

        assertThat(Worlds.listing(world, Feed.IDX, key)
                        .get("ModificationTimestamp")
                        .asText())
                .isEqualTo("2026-03-10T12:00:30Z");
    }

    @Test
    void keepsADeletedListingInItsFeedsAsDeleted() {
        String key = Worlds.someListing(world);

        world.deleteListing(key);

        assertThat(Worlds.listing(world, Feed.IDX, key).get("StandardStatus").asText())
                .isEqualTo("Delete");
    }

    @Test
    void takesAListingOutOfIdxWithoutATimestamp() {
        String key = Worlds.someListing(world);
        JsonNode before = Worlds.listing(world, Feed.VOW, key);

        world.withdrawFromIdx(key);

        assertThat(world.record(Resource.PROPERTY, Feed.IDX, key)).isEmpty();
        assertThat(Worlds.listing(world, Feed.VOW, key)).isEqualTo(before);
    }

    @Test
    void schedulesAndCancelsOpenHouses() {
        String key = world.addListing();

        world.scheduleOpenHouse(key);
        String house = world.records(Resource.OPEN_HOUSES, Feed.IDX).stream()
                .filter(record -> record.get("ListingKey").asText().equals(key))
                .map(record -> record.get("OpenHouseKey").asText())
                .findFirst()
                .orElseThrow();
        world.cancelOpenHouse(house);

        assertThat(world.record(Resource.OPEN_HOUSES, Feed.IDX, house)
                        .orElseThrow()
                        .get("OpenHouseStatus")
                        .asText())
                .isEqualTo("Canceled");
    }

    @Test
    void changesTheSameWayAtEveryTickOfTheSameSeed() {
        SampleWorld twin = SampleWorld.generate(WorldPlan.of(42, 200).withClock(clock));

        for (int i = 0; i < 60; i++) {
            world.tick();
            twin.tick();
        }

        assertThat(Worlds.everything(twin)).isEqualTo(Worlds.everything(world));
    }

    @Test
    void livesInEveryWayWithinAFewHundredTicks() {
        Set<String> listings = new HashSet<>(Worlds.texts(world, Resource.PROPERTY, Feed.VOW, "ListingKey"));
        int houses = world.records(Resource.OPEN_HOUSES, Feed.VOW).size();
        long sheet = world.sheet().version();
        List<SheetRow> rows = world.sheetRows();

        for (int i = 0; i < 300; i++) {
            clock.advance(Duration.ofSeconds(1));
            world.tick();
        }

        List<String> changed = world.records(Resource.PROPERTY, Feed.VOW).stream()
                .filter(record -> record.get("ModificationTimestamp").asText().compareTo(NOON) > 0)
                .map(record -> record.get("MlsStatus").asText())
                .toList();
        assertThat(changed).contains("New", "Price Change", "Sold", "Terminated", "Sold Conditional");
        assertThat(Worlds.texts(world, Resource.PROPERTY, Feed.VOW, "ListingKey"))
                .hasSizeGreaterThan(listings.size() + 30);
        assertThat(Worlds.texts(world, Resource.MEDIA, Feed.VOW, "MediaURL")).anyMatch(url -> url.contains("-2/"));
        assertThat(world.records(Resource.OPEN_HOUSES, Feed.VOW)).hasSizeGreaterThan(houses);
        assertThat(world.sheet().version()).isGreaterThan(sheet + 200);
        assertThat(world.sheetRows()).isNotEqualTo(rows);
    }

    @Test
    void ticksByItselfUntilItIsClosed() {
        long before = world.sheet().version();

        world.startLiving(Duration.ofMillis(5));

        await().untilAsserted(() -> assertThat(world.sheet().version()).isGreaterThan(before + 3));
        world.close();
    }

    @Test
    void refusesToChangeWhatItDoesNotHave() {
        assertThatThrownBy(() -> world.sell("X1")).hasMessage("There is no Property X1");
        assertThatThrownBy(() -> world.softDeleteMedia("m")).hasMessage("There is no Media m");
        assertThatThrownBy(() -> world.editSheetRow("ZZ1", "Price", 1)).hasMessage("The sheet has no property ZZ1");
    }
}
