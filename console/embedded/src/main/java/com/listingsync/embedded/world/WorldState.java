package com.listingsync.embedded.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is, and what is due at later ticks. Confined to whoever holds the world's lock. */
final class WorldState {
    final long seed;
    final Grain grain;
    final Offspring offspring;
    final Shelf<Listing> listings;
    final Shelf<Photo> photos;
    final Shelf<Room> rooms;
    final Shelf<OpenHouse> openHouses;
    final Shelf<Happening> events;
    final Map<String, List<String>> photoKeys;
    final SheetTab sheet;
    /** Number of the next listing to be made. */
    int nextListing;
    /** Number of the next row to be added to the sheet. */
    int nextSheetRow;
    /** Ticks that have been. */
    int ticks;

    private final Map<Integer, List<Change>> agenda = new HashMap<>();

    WorldState(long seed, Grain grain, Genesis genesis, SheetTab sheet) {
        this.seed = seed;
        this.grain = grain;
        this.offspring = new Offspring(seed, grain);
        this.events = new Shelf<>(List.of(), event -> {});
        this.listings = new Shelf<>(genesis.listings, this::happened);
        this.photos = new Shelf<>(genesis.photos, this::happened);
        this.rooms = new Shelf<>(genesis.rooms, this::happened);
        this.openHouses = new Shelf<>(genesis.openHouses, this::happened);
        this.photoKeys = genesis.photoKeys;
        this.sheet = sheet;
        this.nextListing = genesis.listings.size();
        this.nextSheetRow = sheet.rows().size() + 1;
    }

    Shelf<? extends Row> shelf(Resource resource) {
        return switch (resource) {
            case PROPERTY -> listings;
            case MEDIA -> photos;
            case ROOMS -> rooms;
            case OPEN_HOUSES -> openHouses;
            case EVENTS -> events;
        };
    }

    Listing listing(String key) {
        return listings.find(key).orElseThrow(() -> new IllegalArgumentException("There is no listing " + key));
    }

    /** The listing's photos in gallery order, deleted ones too. */
    List<Photo> photosOf(String listingKey) {
        List<Photo> album = new ArrayList<>();
        for (String key : photoKeys.getOrDefault(listingKey, List.of())) {
            photos.find(key).ifPresent(album::add);
        }
        return album;
    }

    /** Whether the feed shows the row: a child follows its listing, and is shown while that is still to come. */
    boolean shown(Row row, Feed feed) {
        if (row instanceof Listing listing) {
            return listing.standing().presence().shownIn(feed);
        }
        if (row instanceof Happening) {
            return true;
        }
        Optional<Listing> parent = listings.find(row.ownerKey());
        return parent.isEmpty()
                || parent.get().standing().presence() == Presence.UPCOMING
                || parent.get().standing().presence().shownIn(feed);
    }

    private void happened(Row row) {
        events.put(new Happening(events.size() + 1L, row.resource(), row.key()));
    }

    /** Has the change applied when the tick of this number comes, at that tick's time. */
    void schedule(int tick, Change.Verb verb, String about) {
        agenda.computeIfAbsent(tick, any -> new ArrayList<>()).add(Change.of(0, verb, about));
    }

    /** Takes what is due out of the agenda. */
    List<Change> due(int tick) {
        List<Change> due = agenda.remove(tick);
        return due == null ? List.of() : due;
    }
}
