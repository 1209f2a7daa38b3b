package com.listingsync.embedded.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SampleWorldTest {
    private final SampleWorld world = SampleWorld.generate(Worlds.plan(1_000));

    @Test
    void isTheSameForTheSameSeed() {
        SampleWorld again = SampleWorld.generate(Worlds.plan(1_000));

        assertThat(Worlds.everything(again)).isEqualTo(Worlds.everything(world));
    }

    @Test
    void differsForAnotherSeed() {
        WorldPlan other = WorldPlan.of(43, 1_000).withClock(new SettableClock(Worlds.NOON));

        assertThat(Worlds.texts(SampleWorld.generate(other), Resource.PROPERTY, Feed.VOW, "ListingKey"))
                .isNotEqualTo(Worlds.texts(world, Resource.PROPERTY, Feed.VOW, "ListingKey"));
    }

    @Test
    void hasTheListingsThatWereAskedForAndTheirChildren() {
        assertThat(world.records(Resource.PROPERTY, Feed.VOW)).hasSize(1_000);
        assertThat(world.records(Resource.PROPERTY, Feed.IDX)).hasSizeBetween(720, 880);
        assertThat(world.records(Resource.MEDIA, Feed.VOW)).hasSizeBetween(11_000, 13_000);
        assertThat(world.records(Resource.ROOMS, Feed.VOW)).hasSizeBetween(4_600, 5_400);
        assertThat(world.records(Resource.OPEN_HOUSES, Feed.VOW)).hasSizeBetween(150, 400);
        assertThat(world.sheetRows()).hasSizeBetween(100, 115);
    }

    @Test
    void hasUniqueKeysInEveryResource() {
        for (Resource resource : Resource.values()) {
            assertThat(Worlds.texts(world, resource, Feed.VOW, resource.keyField()))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void looksLikeListingsAroundToronto() {
        assertThat(world.records(Resource.PROPERTY, Feed.VOW)).allSatisfy(listing -> {
            assertThat(listing.get("ListingKey").asText()).matches("[CEWNX]\\d{8}");
            assertThat(listing.get("PostalCode").asText()).matches("[KLMN]\\d[A-Z] \\d[A-Z]\\d");
            assertThat(listing.get("PublicRemarks").asText()).hasSizeBetween(150, 1_000);
            assertThat(listing.get("Latitude").asDouble()).isBetween(42.0, 46.0);
            boolean lease = listing.get("TransactionType").asText().equals("For Lease");
            assertThat(listing.get("ListPrice").asInt()).isBetween(lease ? 800 : 150_000, lease ? 25_000 : 9_000_000);
        });
    }

    @Test
    void putsHundredsOfRowsOnOneSecond() {
        assertThat(largestTie(Resource.PROPERTY)).isGreaterThan(100);
        assertThat(largestTie(Resource.MEDIA)).isGreaterThan(1_000);
    }

    @Test
    void showsEveryIdxListingInVowToo() {
        assertThat(Worlds.texts(world, Resource.PROPERTY, Feed.VOW, "ListingKey"))
                .containsAll(Worlds.texts(world, Resource.PROPERTY, Feed.IDX, "ListingKey"));
    }

    @Test
    void showsSoldPricesInVowOnly() {
        assertThat(world.records(Resource.PROPERTY, Feed.VOW))
                .anyMatch(listing -> listing.get("ClosePrice").isNumber());
        assertThat(world.records(Resource.PROPERTY, Feed.IDX)).noneMatch(listing -> listing.has("ClosePrice"));
    }

    @Test
    void hasStrangersOrphansAndDeletedRowsAmongItsMedia() {
        Set<String> listings = new HashSet<>(Worlds.texts(world, Resource.PROPERTY, Feed.VOW, "ListingKey"));
        List<ObjectNode> media = world.records(Resource.MEDIA, Feed.VOW);

        assertThat(media).anyMatch(photo -> photo.get("ResourceName").asText().equals("Member"));
        assertThat(media).anyMatch(photo -> photo.get("ResourceName").asText().equals("Office"));
        assertThat(media).anyMatch(photo -> photo.get("MediaStatus").asText().equals("Deleted"));
        assertThat(media)
                .filteredOn(photo -> photo.get("ResourceName").asText().equals("Property"))
                .filteredOn(photo ->
                        !listings.contains(photo.get("ResourceRecordKey").asText()))
                .isNotEmpty();
    }

    @Test
    void hasChildrenThatAreOlderThanTheirListing() {
        Map<String, String> modified = world.records(Resource.PROPERTY, Feed.VOW).stream()
                .collect(Collectors.toMap(
                        listing -> listing.get("ListingKey").asText(),
                        listing -> listing.get("ModificationTimestamp").asText()));

        assertThat(world.records(Resource.ROOMS, Feed.VOW))
                .filteredOn(room -> room.get("ModificationTimestamp")
                                .asText()
                                .compareTo(modified.getOrDefault(
                                        room.get("ListingKey").asText(), ""))
                        < 0)
                .hasSizeGreaterThan(1_000);
    }

    @Test
    void hidesTheChildrenOfWhatAFeedHides() {
        Set<String> vowOnly = new HashSet<>(Worlds.texts(world, Resource.PROPERTY, Feed.VOW, "ListingKey"));
        vowOnly.removeAll(Worlds.texts(world, Resource.PROPERTY, Feed.IDX, "ListingKey"));

        assertThat(Worlds.texts(world, Resource.MEDIA, Feed.IDX, "ResourceRecordKey"))
                .doesNotContainAnyElementsOf(vowOnly);
        assertThat(Worlds.texts(world, Resource.ROOMS, Feed.IDX, "ListingKey")).doesNotContainAnyElementsOf(vowOnly);
    }

    @Test
    void isOddAtALowRate() {
        List<ObjectNode> listings = world.records(Resource.PROPERTY, Feed.VOW);

        assertThat(listings)
                .filteredOn(listing -> listing.get("ListingId").isNull())
                .hasSizeBetween(1, 20);
        assertThat(listings)
                .filteredOn(listing -> listing.get("Heating").isTextual())
                .hasSizeBetween(1, 20);
        assertThat(listings)
                .filteredOn(listing -> listing.get("BedroomsTotal").isFloatingPointNumber())
                .hasSizeBetween(1, 30);
    }

    @Test
    void countsThePhotosThatItShows() {
        Map<String, Long> shown = world.records(Resource.MEDIA, Feed.VOW).stream()
                .filter(photo -> photo.get("ImageSizeDescription").asText().equals("Largest"))
                .filter(photo -> photo.get("MediaStatus").asText().equals("Active"))
                .map(photo -> photo.get("ResourceRecordKey").asText())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(world.records(Resource.PROPERTY, Feed.VOW))
                .allSatisfy(listing -> assertThat(
                                shown.get(listing.get("ListingKey").asText()))
                        .isEqualTo(listing.get("PhotosCount").asLong()));
    }

    @Test
    void refusesAnImpossiblePlan() {
        assertThatThrownBy(() -> WorldPlan.of(1, 0)).hasMessage("A sample world has 1 to 1,000,000 listings, not 0");
        assertThatThrownBy(() -> WorldPlan.of(1, 5).withTimestampUnit(ChronoUnit.DAYS))
                .hasMessageContaining("not in Days");
    }

    @Nested
    class WithBadValues {
        private final SampleWorld bad = SampleWorld.generate(Worlds.plan(100).withBadValues(3));

        @Test
        void writesThatManyPricesAsWords() {
            assertThat(bad.badListings()).hasSize(3);
            assertThat(bad.records(Resource.PROPERTY, Feed.VOW))
                    .filteredOn(listing -> listing.get("ListPrice").isTextual())
                    .extracting(listing -> listing.get("ListingKey").asText())
                    .containsExactlyInAnyOrderElementsOf(bad.badListings());
        }
    }

    private int largestTie(Resource resource) {
        Map<String, Integer> ties = new HashMap<>();
        for (JsonNode record : world.records(resource, Feed.VOW)) {
            ties.merge(record.get(resource.clockField()).asText(), 1, Integer::sum);
        }
        return ties.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
