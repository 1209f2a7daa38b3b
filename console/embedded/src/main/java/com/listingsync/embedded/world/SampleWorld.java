package com.listingsync.embedded.world;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.embedded.world.Change.Verb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A made-up MLS and spreadsheet around Toronto: the listings, photos, rooms, open houses and sheet rows that are, and
 * everything that can happen to them. Thread-safe.
 *
 * <p>A change that names something unknown is refused with {@link IllegalArgumentException}. Every other change is
 * written to the journal, if there is one, before it is applied, and carries the present whole second.
 */
public final class SampleWorld implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WorldPlan plan;
    private final WorldState state;
    private final Edits edits;
    private final Optional<Journal> journal;
    private final Heartbeat heartbeat = new Heartbeat(this::tick);
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private long lastSecond = Long.MIN_VALUE;

    private SampleWorld(WorldPlan plan, WorldState state, Optional<Journal> journal) {
        this.plan = plan;
        this.state = state;
        this.edits = new Edits(state);
        this.journal = journal;
    }

    /** @param journal null for a world that forgets */
    public static SampleWorld generate(long seed, int listings, @Nullable Path journal) {
        WorldPlan plan = WorldPlan.of(seed, listings);
        return generate(journal == null ? plan : plan.withJournal(journal));
    }

    /**
     * The world of this plan, with every change that its journal holds.
     *
     * @throws IllegalArgumentException when the journal is of another world or damaged; a person chooses another file
     */
    public static SampleWorld generate(WorldPlan plan) {
        Optional<Journal> journal = plan.journal().map(Journal::open);
        List<String> lines = journal.map(Journal::takeLines).orElse(List.of());
        try {
            Beginning beginning = lines.isEmpty() ? Beginning.today(plan) : Beginning.resumed(plan, lines.get(0));
            if (lines.isEmpty()) {
                journal.ifPresent(each -> each.append(beginning.line()));
            }
            SampleWorld world = new SampleWorld(plan, beginning.state(), journal);
            world.replay(lines);
            return world;
        } catch (RuntimeException e) {
            // The world does not start; the caller sees why.
            journal.ifPresent(Journal::close);
            throw e;
        }
    }

    private void replay(List<String> lines) {
        for (int i = 1; i < lines.size(); i++) {
            try {
                Change change = Change.parse(lines.get(i));
                edits.apply(change);
                lastSecond = change.second();
            } catch (IOException | IllegalArgumentException e) {
                // Nothing is served from a journal that can't be followed to its end; the caller sees which line it is.
                throw new IllegalArgumentException(
                        "Line " + (i + 1) + " of the sample world's journal can't be replayed: " + e.getMessage(), e);
            }
        }
    }

    /** Rows that the feed shows, as the scan asks; they are immutable, and rendered outside of the world. */
    public List<Row> scan(Resource resource, Feed feed, Scan scan) {
        return read(() -> state.shelf(resource)
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
                .map(row -> json(row, fields))
                .toList();
    }

    /** The record of this key, if the feed shows it at present. */
    public Optional<ObjectNode> record(Resource resource, Feed feed, String key) {
        return row(resource, feed, key).map(row -> json(row, Field.of(resource, feed)));
    }

    /** The row of this key, if the feed shows it at present. */
    public Optional<Row> row(Resource resource, Feed feed, String key) {
        return read(() -> state.shelf(resource)
                .find(key)
                .map(row -> (Row) row)
                .filter(row -> state.shown(row, feed)));
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
        return read(() -> state.photosOf(listingKey).stream()
                .filter(photo -> !photo.deleted())
                .sorted(Comparator.comparingInt(Photo::order).thenComparing(Photo::size))
                .map(Photo::key)
                .toList());
    }

    public SheetSnapshot sheet() {
        return read(() -> new SheetSnapshot(
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
        return change(state -> {
            int next = state.ticks + 1;
            return new Decision<>(next, Verb.TICK, Integer.toString(next));
        });
    }

    /** Ticks at this interval until the world is closed. A second call changes nothing. */
    public void startLiving(Duration interval) {
        heartbeat.start(interval);
    }

    public void changePrice(String listingKey, int price) {
        change(Verb.PRICE, listing(listingKey), Integer.toString(price));
    }

    /** Sold, or leased: closed in both feeds, and out of IDX some ticks later without a word. */
    public void sell(String listingKey) {
        change(Verb.SELL, listing(listingKey));
    }

    /** Terminated in VOW, and out of IDX without a word. */
    public void terminate(String listingKey) {
        change(Verb.TERMINATE, listing(listingKey));
    }

    /** The listing stays in its feeds with StandardStatus Delete. */
    public void deleteListing(String listingKey) {
        change(Verb.DELETE, listing(listingKey));
    }

    /** The listing and its children leave IDX without a word. */
    public void withdrawFromIdx(String listingKey) {
        change(Verb.LEAVE_IDX, listing(listingKey));
    }

    /** The listing and its children leave both feeds without a word. */
    public void withdrawFromBoth(String listingKey) {
        change(Verb.LEAVE_BOTH, listing(listingKey));
    }

    /** A new listing with its children, in both feeds. Returns its key. */
    public String addListing() {
        String key = announceListing();
        publishListing(key);
        return key;
    }

    /** The children of a new listing, which itself comes with {@link #publishListing} or a tick. Returns its key. */
    public String announceListing() {
        return change(state -> new Decision<>(new Home(state.seed, state.nextListing).key, Verb.ANNOUNCE));
    }

    public void publishListing(String listingKey) {
        change(Verb.PUBLISH, listing(listingKey));
    }

    /** The last photo becomes the first: Media and PhotosChangeTimestamp move, ModificationTimestamp does not. */
    public void reorderPhotos(String listingKey) {
        change(Verb.REORDER_PHOTOS, listing(listingKey));
    }

    /** The photo gets another address; timestamps as with {@link #reorderPhotos}. */
    public void replacePhoto(String mediaKey) {
        change(Verb.REPLACE_PHOTO, known(Resource.MEDIA, mediaKey));
    }

    /** MediaStatus becomes Deleted; timestamps as with {@link #reorderPhotos}. */
    public void softDeleteMedia(String mediaKey) {
        change(Verb.DELETE_PHOTO, known(Resource.MEDIA, mediaKey));
    }

    public void softDeleteRoom(String roomKey) {
        change(Verb.DELETE_ROOM, known(Resource.ROOMS, roomKey));
    }

    public void scheduleOpenHouse(String listingKey) {
        change(Verb.OPEN_HOUSE, listing(listingKey));
    }

    public void cancelOpenHouse(String openHouseKey) {
        change(Verb.CANCEL_OPEN_HOUSE, known(Resource.OPEN_HOUSES, openHouseKey));
    }

    /**
     * Changes a cell.
     *
     * @param header name of its column; of two equal names the first
     * @param value a String (empty for nothing), Number, Boolean, LocalDate, LocalDateTime or {@link Cell}
     */
    public void editSheetRow(String propertyNumber, String header, Object value) {
        change(state -> new Decision<>(
                "",
                Verb.SHEET_EDIT,
                numbered(state, propertyNumber),
                Integer.toString(state.sheet.column(header)),
                CellText.write(CellText.of(value))));
    }

    public void renameSheetColumn(String header, String newName) {
        change(state -> new Decision<>(
                "", Verb.SHEET_RENAME_COLUMN, Integer.toString(state.sheet.column(header)), newName));
    }

    /** @param values by header, as in {@link #editSheetRow} */
    public void addSheetRow(String propertyNumber, Map<String, ?> values) {
        change(state -> new Decision<>("", Verb.SHEET_ADD, cells(state, propertyNumber, values)));
    }

    /** A new row that pushes an existing one and all below it one row down. */
    public void insertSheetRowAbove(String below, String propertyNumber, Map<String, ?> values) {
        change(state -> {
            List<String> with = new ArrayList<>(List.of(numbered(state, below)));
            with.addAll(cells(state, propertyNumber, values));
            return new Decision<>("", Verb.SHEET_INSERT, with);
        });
    }

    public void removeSheetRow(String propertyNumber) {
        change(state -> new Decision<>("", Verb.SHEET_REMOVE, numbered(state, propertyNumber)));
    }

    public void moveSheetRowAbove(String propertyNumber, String below) {
        change(state -> new Decision<>("", Verb.SHEET_MOVE, numbered(state, propertyNumber), numbered(state, below)));
    }

    /** Removes every row below the header. */
    public void clearSheet() {
        change(state -> new Decision<>("", Verb.SHEET_CLEAR));
    }

    /** Stops living and closes the journal; a world that is closed can still be read, but not changed. */
    @Override
    public void close() {
        heartbeat.close();
        lock.writeLock().lock();
        try {
            journal.ifPresent(Journal::close);
        } finally {
            lock.writeLock().unlock();
        }
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

    private static ObjectNode json(Row row, List<Field> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            RowJson.write(json, row, fields);
            json.flush();
            return (ObjectNode) JSON.readTree(bytes.toByteArray());
        } catch (IOException e) {
            // Can't happen in memory; whoever asked sees it.
            throw new UncheckedIOException(e);
        }
    }

    private Known listing(String key) {
        return known(Resource.PROPERTY, key);
    }

    private Known known(Resource resource, String key) {
        return new Known(resource, key);
    }

    /** Something that a change needs to exist. */
    private record Known(Resource resource, String key) {}

    /** What to change, decided under the lock, and what to answer. */
    private record Decision<T>(T answer, Verb verb, List<String> with) {
        Decision(T answer, Verb verb, String... with) {
            this(answer, verb, List.of(with));
        }
    }

    private void change(Verb verb, Known about, String... more) {
        change(state -> {
            if (state.shelf(about.resource()).find(about.key()).isEmpty()) {
                throw new IllegalArgumentException(
                        "There is no " + about.resource().wireName() + ' ' + about.key());
            }
            List<String> with = new ArrayList<>(List.of(about.key()));
            with.addAll(Arrays.asList(more));
            return new Decision<>("", verb, with);
        });
    }

    private <T> T change(Function<WorldState, Decision<T>> decide) {
        lock.writeLock().lock();
        try {
            Decision<T> decision = decide.apply(state);
            lastSecond = Math.max(lastSecond, plan.clock().instant().getEpochSecond());
            Change change = new Change(lastSecond, decision.verb(), decision.with());
            journal.ifPresent(each -> each.append(change.line()));
            edits.apply(change);
            return decision.answer();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T> T read(Supplier<T> query) {
        lock.readLock().lock();
        try {
            return query.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}
