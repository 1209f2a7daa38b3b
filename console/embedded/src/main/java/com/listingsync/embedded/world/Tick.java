package com.listingsync.embedded.world;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happens at one tick: what is due, then a few random changes, more in a larger world. The tick's number, the seed
 * and the state decide all of it. Confined to whoever holds the world's lock.
 */
final class Tick {
    private static final int LISTINGS_PER_ROUND = 2_500;
    private static final int MOST_ROUNDS = 6;
    private static final int COLUMN_STATUS = 1;
    private static final int COLUMN_PRICE = 4;

    private final WorldState state;
    private final Edits edits;

    Tick(WorldState state, Edits edits) {
        this.state = state;
        this.edits = edits;
    }

    void run(int number, long second) {
        state.ticks = number;
        for (Change due : state.due(number)) {
            edits.apply(new Change(second, due.verb(), due.with()));
        }
        Dice dice = Dice.of(state.seed, "tick", number);
        int rounds = Math.min(MOST_ROUNDS, 1 + state.listings.size() / LISTINGS_PER_ROUND);
        for (int round = 0; round < rounds; round++) {
            onListing(dice, second);
            // As many come as are sold or terminated.
            if (dice.below(100) < 19) {
                edits.apply(Change.of(second, Change.Verb.ANNOUNCE));
            }
        }
        onSheet(dice, second);
    }

    private void onListing(Dice dice, long second) {
        Optional<Listing> picked = pick(dice);
        if (picked.isEmpty()) {
            return;
        }
        Listing listing = picked.get();
        String key = listing.key();
        int roll = dice.below(100);
        if (roll < 32) {
            int price = Prices.lower(dice, listing.standing().price(), listing.home().lease);
            edits.apply(Change.of(second, Change.Verb.PRICE, key, Integer.toString(price)));
        } else if (roll < 48) {
            edits.apply(Change.of(second, Change.Verb.SELL, key));
        } else if (roll < 53) {
            edits.apply(Change.of(second, Change.Verb.CONDITIONAL, key));
        } else if (roll < 56) {
            edits.apply(Change.of(second, Change.Verb.TERMINATE, key));
        } else if (roll < 72) {
            edits.apply(Change.of(second, Change.Verb.REORDER_PHOTOS, key));
        } else if (roll < 82) {
            onPhoto(dice, key, second);
        } else {
            onOpenHouse(dice, key, second);
        }
    }

    private void onPhoto(Dice dice, String listingKey, long second) {
        List<Photo> shown = state.photosOf(listingKey).stream()
                .filter(photo -> !photo.deleted() && photo.picture() > 0)
                .toList();
        if (!shown.isEmpty()) {
            Change.Verb verb = dice.below(3) == 0 ? Change.Verb.DELETE_PHOTO : Change.Verb.REPLACE_PHOTO;
            edits.apply(Change.of(second, verb, dice.pick(shown).key()));
        }
    }

    private void onOpenHouse(Dice dice, String listingKey, long second) {
        if (dice.below(3) == 0 && state.openHouses.size() > 0) {
            OpenHouse house = state.openHouses.at(dice.below(state.openHouses.size()));
            if (house.status() == OpenHouse.Status.ACTIVE) {
                edits.apply(Change.of(second, Change.Verb.CANCEL_OPEN_HOUSE, house.key()));
            }
        } else {
            edits.apply(Change.of(second, Change.Verb.OPEN_HOUSE, listingKey));
        }
    }

    /** A listing that is on the market; empty when twenty tries find none. */
    private Optional<Listing> pick(Dice dice) {
        for (int i = 0; i < 20; i++) {
            Listing listing = state.listings.at(dice.below(state.listings.size()));
            if (listing.standing().presence() == Presence.BOTH_FEEDS
                    && listing.standing().status().onMarket()) {
                return Optional.of(listing);
            }
        }
        return Optional.empty();
    }

    private void onSheet(Dice dice, long second) {
        List<String> numbers = state.sheet.rows().stream()
                .map(SheetRow::propertyNumber)
                .filter(number -> !number.isEmpty())
                .toList();
        int roll = dice.below(100);
        if (roll >= 90 || numbers.size() < 5) {
            SheetRow row =
                    new SheetGenesis(state.seed, LocalDate.ofEpochDay(second / 86_400)).row(state.nextSheetRow, -1);
            List<String> cells = new ArrayList<>();
            row.cells().forEach(cell -> cells.add(CellText.write(cell)));
            edits.apply(new Change(second, Change.Verb.SHEET_ADD, cells));
            return;
        }
        String number = dice.pick(numbers);
        if (roll < 55) {
            Cell price = new Cell.Amount(BigDecimal.valueOf(dice.between(450, 1_900) * 1_000L), Cell.Format.DOLLARS);
            sheetEdit(second, number, COLUMN_PRICE, price);
        } else if (roll < 78) {
            sheetEdit(second, number, COLUMN_STATUS, new Cell.Text(dice.pick(List.of("Active", "Pending", "Sold"))));
        } else if (roll < 84) {
            edits.apply(Change.of(second, Change.Verb.SHEET_REMOVE, number));
        } else {
            String other = dice.pick(numbers);
            if (!other.equals(number)) {
                edits.apply(Change.of(second, Change.Verb.SHEET_MOVE, number, other));
            }
        }
    }

    private void sheetEdit(long second, String number, int column, Cell cell) {
        edits.apply(Change.of(second, Change.Verb.SHEET_EDIT, number, Integer.toString(column), CellText.write(cell)));
    }
}
