package com.listingsync.embedded.world;

import java.util.ArrayList;
import java.util.List;

/**
 * How each {@link Change} changes the state. A change that names something unknown is refused with
 * {@link IllegalArgumentException} before anything is changed. Confined to whoever holds the world's lock.
 */
final class Edits {
    /** Ticks that a sold listing stays in IDX as closed before it leaves without a word. */
    private static final int TICKS_IN_IDX_AFTER_SALE = 15;
    /** Ticks between the first photo of a new listing and the listing itself, at most. */
    private static final int TICKS_AHEAD = 3;

    private final WorldState state;
    private final SheetEdits sheet;

    Edits(WorldState state) {
        this.state = state;
        this.sheet = new SheetEdits(state);
    }

    void apply(Change change) {
        List<String> with = change.with();
        long second = change.second();
        switch (change.verb()) {
            case TICK -> new Tick(state, this).run(Integer.parseInt(with.get(0)), second);
            case PRICE -> price(state.listing(with.get(0)), Integer.parseInt(with.get(1)), second);
            case SELL -> sell(state.listing(with.get(0)), second);
            case CONDITIONAL -> become(state.listing(with.get(0)), ListingStatus.SOLD_CONDITIONAL, second);
            case TERMINATE -> terminate(state.listing(with.get(0)), second);
            case DELETE -> become(state.listing(with.get(0)), ListingStatus.DELETED, second);
            case LEAVE_IDX -> leave(state.listing(with.get(0)), Presence.VOW_ONLY);
            case LEAVE_BOTH -> leave(state.listing(with.get(0)), Presence.GONE);
            case ANNOUNCE -> announce(second);
            case PUBLISH -> publish(state.listing(with.get(0)), second);
            case REORDER_PHOTOS -> reorder(state.listing(with.get(0)), second);
            case REPLACE_PHOTO -> replacePhoto(photo(with.get(0)), second);
            case DELETE_PHOTO -> deletePhoto(photo(with.get(0)), second);
            case DELETE_ROOM -> deleteRoom(with.get(0), second);
            case OPEN_HOUSE -> openHouse(state.listing(with.get(0)), second);
            case CANCEL_OPEN_HOUSE -> cancelOpenHouse(with.get(0), second);
            default -> sheet.apply(change);
        }
    }

    private void price(Listing listing, int price, long second) {
        long at = state.grain.micros(second, listing.key());
        state.listings.put(
                listing.with(listing.standing().priced(price), listing.stamps().price(at)));
    }

    private void sell(Listing listing, long second) {
        boolean lease = listing.home().lease;
        int closePrice = Prices.close(
                Dice.of(state.seed, "sale", listing.home().number),
                listing.standing().price(),
                lease);
        long at = state.grain.micros(second, listing.key());
        ListingStatus how = lease ? ListingStatus.LEASED : ListingStatus.SOLD;
        state.listings.put(listing.with(
                listing.standing().closed(how, closePrice), listing.stamps().status(at)));
        state.schedule(state.ticks + TICKS_IN_IDX_AFTER_SALE, Change.Verb.LEAVE_IDX, listing.key());
    }

    private void terminate(Listing listing, long second) {
        become(listing, ListingStatus.TERMINATED, second);
        leave(state.listing(listing.key()), Presence.VOW_ONLY);
    }

    private void become(Listing listing, ListingStatus status, long second) {
        long at = state.grain.micros(second, listing.key());
        state.listings.put(
                listing.with(listing.standing().as(status), listing.stamps().status(at)));
    }

    private void leave(Listing listing, Presence presence) {
        if (listing.standing().presence() != Presence.GONE) {
            state.listings.put(listing.with(listing.standing().in(presence)));
        }
    }

    private void announce(long second) {
        Home home = new Home(state.seed, state.nextListing);
        state.nextListing++;
        List<Photo> album = state.offspring.photos(home, second);
        album.forEach(state.photos::put);
        state.photoKeys.put(
                home.key, new ArrayList<>(album.stream().map(Photo::key).toList()));
        state.offspring.rooms(home, second).forEach(state.rooms::put);
        Standing standing = new Standing(
                ListingStatus.NEW, Presence.UPCOMING, home.firstPrice, 0, 0, Offspring.count(album), false);
        state.listings.put(new Listing(home, standing, Stamps.fresh(state.grain.micros(second, home.key))));
        state.schedule(state.ticks + 1 + home.number % TICKS_AHEAD, Change.Verb.PUBLISH, home.key);
    }

    private void publish(Listing listing, long second) {
        if (listing.standing().presence() == Presence.UPCOMING) {
            long at = state.grain.micros(second, listing.key());
            state.listings.put(listing.with(listing.standing().in(Presence.BOTH_FEEDS), Stamps.fresh(at)));
        }
    }

    /** The last picture of the gallery becomes the first; every size of every picture gets its new place. */
    private void reorder(Listing listing, long second) {
        List<Photo> album = state.photosOf(listing.key());
        int last = album.stream().mapToInt(Photo::order).max().orElse(0);
        for (Photo photo : album) {
            if (!photo.deleted()) {
                int order = photo.order() == last ? 0 : photo.order() + 1;
                state.photos.put(photo.moved(order, state.grain.micros(second, photo.key())));
            }
        }
        photosChanged(listing.key(), second);
    }

    private void replacePhoto(Photo photo, long second) {
        state.photos.put(photo.replaced(state.grain.micros(second, photo.key())));
        photosChanged(photo.ownerKey(), second);
    }

    private void deletePhoto(Photo photo, long second) {
        state.photos.put(photo.asDeleted(state.grain.micros(second, photo.key())));
        photosChanged(photo.ownerKey(), second);
    }

    private void photosChanged(String listingKey, long second) {
        state.listings.find(listingKey).ifPresent(listing -> {
            long at = state.grain.micros(second, listingKey);
            int count = Offspring.count(state.photosOf(listingKey));
            state.listings.put(listing.with(
                    listing.standing().withPhotos(count), listing.stamps().photos(at)));
        });
    }

    private Photo photo(String key) {
        return state.photos.find(key).orElseThrow(() -> new IllegalArgumentException("There is no media " + key));
    }

    private void deleteRoom(String key, long second) {
        Room room = state.rooms.find(key).orElseThrow(() -> new IllegalArgumentException("There is no room " + key));
        state.rooms.put(room.asDeleted(state.grain.micros(second, key)));
    }

    private void openHouse(Listing listing, long second) {
        int ordinal = 0;
        while (state.openHouses
                .find("OH" + listing.key().substring(1) + '-' + ordinal)
                .isPresent()) {
            ordinal++;
        }
        state.openHouses.put(state.offspring.openHouse(listing.home(), ordinal, second));
    }

    private void cancelOpenHouse(String key, long second) {
        OpenHouse house = state.openHouses
                .find(key)
                .orElseThrow(() -> new IllegalArgumentException("There is no open house " + key));
        state.openHouses.put(house.canceled(state.grain.micros(second, key)));
    }
}
