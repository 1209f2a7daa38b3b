package com.listingsync.embedded.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.embedded.world.Change.Verb;
import com.listingsync.embedded.world.Chronicle.Decision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A made-up MLS and spreadsheet around Toronto: the listings, photos, rooms, open houses and sheet rows that are, and
 * everything that can happen to them. Thread-safe.
 *
 * <p>A change that names something unknown is refused with {@link IllegalArgumentException}. Every other change is
 * written to the journal, if there is one, before it is applied, and carries the present whole second.
 */
public final class SampleWorld implements AutoCloseable {
    private final Chronicle chronicle;
    private final Heartbeat heartbeat = new Heartbeat(this::tick);

    private SampleWorld(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /**
     * A world on the system's clock.
     *
     * @param journal null for a world that forgets
     */
    public static SampleWorld generate(long seed, int listings, @Nullable Path journal) {
        WorldPlan plan = WorldPlan.of(seed, listings);
        return generate(journal == null ? plan : plan.withJournal(journal));
    }

    /**
     * The world of this plan, with every change that its journal holds.
     *
     * @throws IllegalArgumentException when the journal is of another world or damaged; a person chooses another file
     * @throws java.io.UncheckedIOException when the journal can't be read or written
     */
    public static SampleWorld generate(WorldPlan plan) {
        return new SampleWorld(Chronicle.open(plan));
    }

    /** Rows that the feed shows, as the scan asks; they are immutable, and rendered outside of the world. */
    public List<Row> scan(Resource resource, Feed feed, Scan scan) {
        return chronicle.read(state -> state.shelf(resource)
                .scan(new Scan(
                        scan.order(),
                        scan.fromMicros(),
                        scan.afterKey(),
                        scan.toMicros(),
                        row -> scan.test().test(row) && state.shown(row, feed),
                        scan.limit())));
    }

    /** Every record of the resource that the feed shows at present, as a parser of the MLS's answers has it, oldest first. */
    public List<ObjectNode> records(Resource resource, Feed feed) {
        List<Field> fields = Field.of(resource, feed);
        return scan(resource, feed, Scan.everything()).stream()
                .map(row -> RowJson.tree(row, fields))
                .toList();
    }

    /** The record of this key, if the feed shows it at present. */
    public Optional<ObjectNode> record(Resource resource, Feed feed, String key) {
        return row(resource, feed, key).map(row -> RowJson.tree(row, Field.of(resource, feed)));
    }

    /** The row of this key, if the feed shows it at present. */
    public Optional<Row> row(Resource resource, Feed feed, String key) {
        return chronicle.read(
                state -> state.shelf(resource).find(key).map(row -> (Row) row).filter(row -> state.shown(row, feed)));
    }

    /** Keys of the listings whose ListPrice is words, {@code Contact agent}. */
    public List<String> badListings() {
        return scan(Resource.PROPERTY, Feed.VOW, Scan.everything()).stream()
                .filter(row -> ((Listing) row).standing().priceInWords())
                .map(Row::key)
                .toList();
    }

    /** Media keys of the listing's photos in gallery order, without deleted ones. */
    public List<String> photosOf(String listingKey) {
        return chronicle.read(state -> state.photosOf(listingKey).stream()
                .filter(photo -> !photo.deleted())
                .sorted(Comparator.comparingInt(Photo::order).thenComparing(Photo::size))
                .map(Photo::key)
                .toList());
    }

    public SheetSnapshot sheet() {
        return chronicle.read(state -> new SheetSnapshot(
                state.sheet.header(),
                state.sheet.rows(),
                state.sheet.version(),
                Instant.ofEpochSecond(state.sheet.modifiedSecond())));
    }

    /** Rows of the sheet below its header, blank ones too. */
    public List<SheetRow> sheetRows() {
        return sheet().rows();
    }

    /** One set of changes, decided by the seed, the number of the tick and what went before. Returns that number. */
    public int tick() {
        return chronicle.change(state -> {
            int next = state.ticks + 1;
            return new Decision<>(next, Verb.TICK, Integer.toString(next));
        });
    }

    /** Ticks at this interval until the world is closed. A second call changes nothing. */
    public void startLiving(Duration interval) {
        heartbeat.start(interval);
    }

    public void changePrice(String listingKey, int price) {
        change(Verb.PRICE, Resource.PROPERTY, listingKey, Integer.toString(price));
    }

    /** Sold, or leased: closed in both feeds, and out of IDX some ticks later without a word. */
    public void sell(String listingKey) {
        change(Verb.SELL, Resource.PROPERTY, listingKey);
    }

    /** Terminated in VOW, and out of IDX without a word. */
    public void terminate(String listingKey) {
        change(Verb.TERMINATE, Resource.PROPERTY, listingKey);
    }

    /** The listing stays in its feeds with StandardStatus Delete. */
    public void deleteListing(String listingKey) {
        change(Verb.DELETE, Resource.PROPERTY, listingKey);
    }

    /** The listing and its children leave IDX without a word. */
    public void withdrawFromIdx(String listingKey) {
        change(Verb.LEAVE_IDX, Resource.PROPERTY, listingKey);
    }

    /** The listing and its children leave both feeds without a word. */
    public void withdrawFromBoth(String listingKey) {
        change(Verb.LEAVE_BOTH, Resource.PROPERTY, listingKey);
    }

    /** A new listing with its children, in both feeds. Returns its key. */
    public String addListing() {
        String key = announceListing();
        publishListing(key);
        return key;
    }

    /** The children of a new listing, which itself comes with {@link #publishListing} or a tick. Returns its key. */
    public String announceListing() {
        return chronicle.change(state -> new Decision<>(new Home(state.seed, state.nextListing).key, Verb.ANNOUNCE));
    }

    public void publishListing(String listingKey) {
        change(Verb.PUBLISH, Resource.PROPERTY, listingKey);
    }

    /** The last photo becomes the first: Media and PhotosChangeTimestamp move, ModificationTimestamp does not. */
    public void reorderPhotos(String listingKey) {
        change(Verb.REORDER_PHOTOS, Resource.PROPERTY, listingKey);
    }

    /** The photo gets another address; timestamps as with {@link #reorderPhotos}. */
    public void replacePhoto(String mediaKey) {
        change(Verb.REPLACE_PHOTO, Resource.MEDIA, mediaKey);
    }

    /** MediaStatus becomes Deleted; timestamps as with {@link #reorderPhotos}. */
    public void softDeleteMedia(String mediaKey) {
        change(Verb.DELETE_PHOTO, Resource.MEDIA, mediaKey);
    }

    public void softDeleteRoom(String roomKey) {
        change(Verb.DELETE_ROOM, Resource.ROOMS, roomKey);
    }

    public void scheduleOpenHouse(String listingKey) {
        change(Verb.OPEN_HOUSE, Resource.PROPERTY, listingKey);
    }

    public void cancelOpenHouse(String openHouseKey) {
        change(Verb.CANCEL_OPEN_HOUSE, Resource.OPEN_HOUSES, openHouseKey);
    }

    /**
     * Changes a cell.
     *
     * @param header name of its column; of two equal names the first
     * @param value a String (empty for nothing), Number, Boolean, LocalDate, LocalDateTime or {@link Cell}
     */
    public void editSheetRow(String propertyNumber, String header, Object value) {
        chronicle.change(state -> new Decision<>(
                "",
                Verb.SHEET_EDIT,
                numbered(state, propertyNumber),
                Integer.toString(state.sheet.column(header)),
                CellText.write(CellText.of(value))));
    }

    public void renameSheetColumn(String header, String newName) {
        chronicle.change(state ->
                new Decision<>("", Verb.SHEET_RENAME_COLUMN, Integer.toString(state.sheet.column(header)), newName));
    }

    /**
     * Adds a row below all others.
     *
     * @param values by header, as in {@link #editSheetRow}
     */
    public void addSheetRow(String propertyNumber, Map<String, ?> values) {
        chronicle.change(state -> new Decision<>("", Verb.SHEET_ADD, cells(state, propertyNumber, values)));
    }

    /** A new row that pushes an existing one and all below it one row down. */
    public void insertSheetRowAbove(String below, String propertyNumber, Map<String, ?> values) {
        chronicle.change(state -> {
            List<String> with = new ArrayList<>(List.of(numbered(state, below)));
            with.addAll(cells(state, propertyNumber, values));
            return new Decision<>("", Verb.SHEET_INSERT, with);
        });
    }

    public void removeSheetRow(String propertyNumber) {
        chronicle.change(state -> new Decision<>("", Verb.SHEET_REMOVE, numbered(state, propertyNumber)));
    }

    public void moveSheetRowAbove(String propertyNumber, String below) {
        if (propertyNumber.equals(below)) {
            throw new IllegalArgumentException("Row " + below + " can't be moved above itself");
        }
        chronicle.change(
                state -> new Decision<>("", Verb.SHEET_MOVE, numbered(state, propertyNumber), numbered(state, below)));
    }

    /** Removes every row below the header. */
    public void clearSheet() {
        chronicle.change(state -> new Decision<>("", Verb.SHEET_CLEAR));
    }

    /** Stops living and closes the journal; a world that is closed can still be read, but not changed. */
    @Override
    public void close() {
        heartbeat.close();
        chronicle.close();
    }

    private void change(Verb verb, Resource resource, String key, String... more) {
        chronicle.change(state -> {
            if (state.shelf(resource).find(key).isEmpty()) {
                throw new IllegalArgumentException("There is no " + resource.wireName() + ' ' + key);
            }
            List<String> with = new ArrayList<>(List.of(key));
            with.addAll(Arrays.asList(more));
            return new Decision<>("", verb, with);
        });
    }

    private static String numbered(WorldState state, String propertyNumber) {
        state.sheet.place(propertyNumber);
        return propertyNumber;
    }

    private static List<String> cells(WorldState state, String propertyNumber, Map<String, ?> values) {
        SheetRow row = new SheetRow(List.of(new Cell.Text(propertyNumber)));
        for (Map.Entry<String, ?> value : values.entrySet()) {
            row = row.with(state.sheet.column(value.getKey()), CellText.of(value.getValue()));
        }
        return row.cells().stream().map(CellText::write).toList();
    }
}
