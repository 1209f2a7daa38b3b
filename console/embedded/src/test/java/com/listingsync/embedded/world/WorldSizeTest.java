package com.listingsync.embedded.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The size that {@code up --once --listings 10000} works with, and what it takes of a heap that many share. */
class WorldSizeTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void keepsTenThousandListingsInLessThan150Megabytes() {
        long before = usedBytes();
        long start = System.nanoTime();

        SampleWorld world = SampleWorld.generate(Worlds.plan(10_000));

        long millis = (System.nanoTime() - start) / 1_000_000;
        long used = usedBytes() - before;
        int properties = size(world, Resource.PROPERTY);
        int media = size(world, Resource.MEDIA);
        int rooms = size(world, Resource.ROOMS);
        System.out.printf(
                "10000 listings: %d properties, %d media, %d rooms, %d open houses, %d sheet rows; %d MB, made in %d ms%n",
                properties,
                media,
                rooms,
                size(world, Resource.OPEN_HOUSES),
                world.sheetRows().size(),
                used / MEGABYTE,
                millis);
        assertThat(properties).isEqualTo(10_000);
        assertThat(media).isBetween(115_000, 127_000);
        assertThat(rooms).isBetween(48_000, 53_000);
        assertThat(used).isLessThan(150 * MEGABYTE);
    }

    private static int size(SampleWorld world, Resource resource) {
        return world.scan(resource, Feed.VOW, Scan.everything()).size();
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
