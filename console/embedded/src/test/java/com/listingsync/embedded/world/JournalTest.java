package com.listingsync.embedded.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Worlds.NOON);
    private WorldPlan plan = Worlds.plan(100);

    @BeforeEach
    void keepAJournal() {
        plan = WorldPlan.of(42, 100).withClock(clock).withJournal(folder.resolve("sample/world.journal"));
    }

    @Test
    void bringsTheWorldBackAfterARestartOnAnotherDay() {
        List<Object> before;
        try (SampleWorld world = SampleWorld.generate(plan)) {
            changeInEveryWay(world);
            before = Worlds.everything(world);
        }
        clock.advance(Duration.ofDays(3));

        try (SampleWorld restarted = SampleWorld.generate(plan)) {
            assertThat(Worlds.everything(restarted)).isEqualTo(before);
        }
    }

    @Test
    void goesOnLivingAsIfItHadNeverStopped() {
        SampleWorld uninterrupted = SampleWorld.generate(WorldPlan.of(42, 100).withClock(clock));
        for (int i = 0; i < 30; i++) {
            uninterrupted.tick();
        }

        for (int start = 0; start < 3; start++) {
            try (SampleWorld world = SampleWorld.generate(plan)) {
                for (int i = 0; i < 10; i++) {
                    world.tick();
                }
            }
        }

        try (SampleWorld world = SampleWorld.generate(plan)) {
            assertThat(Worlds.everything(world)).isEqualTo(Worlds.everything(uninterrupted));
        }
    }

    @Test
    void dropsALineThatWasCutOff() throws IOException {
        List<Object> before;
        String key;
        try (SampleWorld world = SampleWorld.generate(plan)) {
            key = Worlds.someListing(world);
            world.tick();
            before = Worlds.everything(world);
            world.changePrice(key, 1);
        }
        byte[] bytes = Files.readAllBytes(plan.journal().orElseThrow());
        Files.write(plan.journal().orElseThrow(), Arrays.copyOf(bytes, bytes.length - 9));

        try (SampleWorld restarted = SampleWorld.generate(plan)) {
            assertThat(Worlds.everything(restarted)).isEqualTo(before);
            restarted.changePrice(key, 2);
        }
        try (SampleWorld again = SampleWorld.generate(plan)) {
            assertThat(Worlds.listing(again, Feed.VOW, key).get("ListPrice").asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void refusesTheJournalOfAnotherWorld() {
        SampleWorld.generate(plan).close();

        assertThatThrownBy(() -> SampleWorld.generate(WorldPlan.of(43, 100)
                        .withClock(clock)
                        .withJournal(plan.journal().orElseThrow())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected sample world 1, seed 43")
                .hasMessageContaining("found sample world 1, seed 42");
    }

    @Test
    void namesTheLineThatCannotBeReplayed() throws IOException {
        SampleWorld.generate(plan).close();
        Files.writeString(plan.journal().orElseThrow(), "not a change\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> SampleWorld.generate(plan))
                .hasMessageStartingWith("Line 2 of the sample world's journal can't be replayed");
    }

    private static void changeInEveryWay(SampleWorld world) {
        String key = Worlds.someListing(world);
        for (int i = 0; i < 25; i++) {
            world.tick();
        }
        world.changePrice(key, 654_000);
        world.reorderPhotos(key);
        world.replacePhoto(world.photosOf(key).get(1));
        world.softDeleteMedia(world.photosOf(key).get(2));
        world.scheduleOpenHouse(key);
        world.sell(key);
        world.withdrawFromIdx(key);
        String added = world.addListing();
        world.deleteListing(added);
        world.withdrawFromBoth(world.addListing());
        world.announceListing();
        String row = world.sheetRows().get(0).propertyNumber();
        world.editSheetRow(row, "Notes", "line one\nline \"two\" — 三");
        world.editSheetRow(row, "Last Contact", LocalDateTime.of(2026, 3, 9, 14, 30));
        world.addSheetRow("AA99999", Map.of("Price", 12.5, "Featured", true));
        world.renameSheetColumn("Agent", "Realtor");
    }
}
