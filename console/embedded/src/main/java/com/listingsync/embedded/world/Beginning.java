package com.listingsync.embedded.world;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * How a world begins: its plan and the day it was first made. Written as the journal's first line, so that a restart
 * begins with the same world.
 *
 * @param newestDay no generated row is newer than the start of this day, in UTC
 */
record Beginning(WorldPlan plan, LocalDate newestDay) {
    private static final String VERSION = "sample world 1";

    static Beginning today(WorldPlan plan) {
        return new Beginning(plan, LocalDate.ofInstant(Instant.now(plan.clock()), ZoneOffset.UTC));
    }

    String line() {
        return identity() + ", newest day " + newestDay;
    }

    private String identity() {
        return VERSION + ", seed " + plan.seed() + ", listings " + plan.listings() + ", stored in "
                + plan.timestampUnit() + ", bad values " + plan.badValues();
    }

    /** @throws IllegalArgumentException when the line is of another world; a person chooses another folder or seed */
    static Beginning resumed(WorldPlan plan, String line) {
        String expected = new Beginning(plan, LocalDate.EPOCH).identity();
        int day = line.lastIndexOf(", newest day ");
        if (day < 0 || !line.substring(0, day).equals(expected)) {
            throw new IllegalArgumentException("The sample world's journal is of another world: expected " + expected
                    + ", found " + (day < 0 ? "an unknown first line" : line.substring(0, day)));
        }
        return new Beginning(plan, LocalDate.parse(line.substring(day + ", newest day ".length())));
    }

    WorldState state() {
        Grain grain = new Grain(plan.timestampUnit());
        long newestSecond = newestDay.atStartOfDay(ZoneOffset.UTC).toEpochSecond() - 1;
        Genesis genesis = new Genesis(plan.seed(), grain, newestSecond, plan.listings());
        int upcoming = Math.max(2, plan.listings() / 200);
        for (int i = 0; i < upcoming; i++) {
            genesis.upcoming(plan.listings() + i);
        }
        List<SheetRow> rows = new SheetGenesis(plan.seed(), newestDay).rows(plan.listings());
        WorldState state =
                new WorldState(plan.seed(), grain, genesis, new SheetTab(SheetGenesis.HEADER, rows, newestSecond));
        for (int i = 0; i < upcoming; i++) {
            state.schedule(1 + i % 20, Change.Verb.PUBLISH, new Home(plan.seed(), plan.listings() + i).key);
        }
        spoil(state);
        return state;
    }

    private void spoil(WorldState state) {
        int spoiled = 0;
        for (int place = 0; spoiled < plan.badValues() && place < state.listings.size(); place++) {
            Listing listing = state.listings.at(place);
            if (listing.standing().presence() != Presence.UPCOMING) {
                state.listings.put(listing.with(listing.standing().withPriceInWords()));
                spoiled++;
            }
        }
    }
}
