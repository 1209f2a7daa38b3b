package com.listingsync.console.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.Json;
import com.listingsync.embedded.world.WorldPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which sample a data folder holds. Chosen once: another sample would contradict what was synced from the first.
 *
 * @param seed decides everything about it
 * @param listings how many listings it had at its start, 1 to 1,000,000
 */
record SampleChoice(long seed, int listings) {

    static final long DEFAULT_SEED = 1;
    static final int DEFAULT_LISTINGS = 2_000;

    private static final String FILE = "sample.json";
    private static final int MOST_LISTINGS = 1_000_000;

    SampleChoice {
        if (listings < 1 || listings > MOST_LISTINGS) {
            throw new SettingsException("--listings: expected 1 to 1,000,000, found " + listings);
        }
    }

    /**
     * What the folder holds already, or what is asked for, written down for the next time.
     *
     * @throws SettingsException when the folder holds another one than asked for
     */
    static SampleChoice of(DataFolder folder, Upstreams.Sample asked) throws IOException {
        Path file = folder.at(FILE);
        if (!Files.exists(file)) {
            SampleChoice chosen = new SampleChoice(
                    asked.seed().orElse(DEFAULT_SEED), asked.listings().orElse(DEFAULT_LISTINGS));
            Files.writeString(
                    file,
                    Json.MAPPER.createObjectNode().put("seed", chosen.seed).put("listings", chosen.listings) + "\n");
            return chosen;
        }
        JsonNode held = Json.MAPPER.readTree(Files.readString(file));
        SampleChoice chosen = new SampleChoice(
                held.path("seed").asLong(), held.path("listings").asInt());
        if (asked.seed().orElse(chosen.seed) != chosen.seed
                || asked.listings().orElse(chosen.listings) != chosen.listings) {
            throw new SettingsException("the data folder " + folder.path() + " holds a sample of " + chosen.listings
                    + " listings with seed " + chosen.seed + "; leave out --listings and --seed, or name another folder"
                    + " with --data");
        }
        return chosen;
    }

    /** The plan of the world that keeps its changes in this journal. */
    WorldPlan world(Path journal) {
        return WorldPlan.of(seed, listings).withJournal(journal);
    }
}
