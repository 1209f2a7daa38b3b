package com.listingsync.processor.rule;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one child or sheet row apart from its content.
 *
 * <p>Several connections may have it, such as a photo of a listing that is in IDX and in VOW; it is gone when the last of them
 * has lost it.
 *
 * @param sightings the last that was seen of it, by connection
 * @param supplier the connection whose content its row shows; empty before the first
 * @param rowVersion version of its last row; 0 before the first
 * @param live whether its row is there
 * @param hidden whether its row would be there but for its listing, which left or is filtered; it returns with the listing
 */
public record RecordState(
        Map<String, Sighting> sightings, String supplier, long rowVersion, boolean live, boolean hidden) {

    /** A record that nothing is known about. */
    public static final RecordState UNSEEN = new RecordState(Map.of(), "", 0, false, false);

    public RecordState {
        sightings = Collections.unmodifiableMap(sightings);
        Objects.requireNonNull(supplier, "supplier");
        if (live && hidden) {
            throw new IllegalArgumentException("a row can't be there and hidden");
        }
    }

    /** The last that this connection said of it; null when it said nothing yet. */
    public @Nullable Sighting sighting(String connection) {
        return sightings.get(connection);
    }

    public RecordState seen(String connection, Sighting now) {
        if (sightings.isEmpty()) {
            return new RecordState(Map.of(connection, now), supplier, rowVersion, live, hidden);
        }
        Map<String, Sighting> all = new TreeMap<>(sightings);
        all.put(connection, now);
        return new RecordState(all, supplier, rowVersion, live, hidden);
    }

    /** The last that this connection said of it means that it is gone. */
    public RecordState goneFrom(String connection) {
        Sighting last = sighting(connection);
        return last == null ? this : seen(connection, last.asDeleted());
    }

    /** What this connection said last is a dead letter. */
    public RecordState refusedFrom(String connection) {
        Sighting last = sighting(connection);
        return last == null ? this : seen(connection, last.asRefused());
    }

    /** What this connection said last was mapped with this mapping. */
    public RecordState mapped(String connection, long fingerprint) {
        Sighting last = sighting(connection);
        return last == null ? this : seen(connection, last.mapped(fingerprint));
    }

    /** Whatever connections said of it is to be mapped anew when it comes again. */
    public RecordState unmapped() {
        Map<String, Sighting> all = new TreeMap<>();
        sightings.forEach((connection, sighting) -> all.put(connection, sighting.mapped(Fingerprint.NONE)));
        return new RecordState(all, supplier, rowVersion, live, hidden);
    }

    /** Whether another connection than this one has it. */
    public boolean heldBesides(String connection) {
        return sightings.entrySet().stream()
                .anyMatch(held ->
                        !held.getKey().equals(connection) && !held.getValue().deleted());
    }

    /** Whether its row shows what another connection, which still has it, said at a later version. */
    public boolean showsNewerThan(String connection) {
        Sighting now = sighting(connection);
        Sighting shown = shownBesides(connection);
        return now != null && shown != null && shown.version() > now.version();
    }

    /** Whether its row shows just what this connection said, although another one, which still has it, supplied it. */
    public boolean showsSameAs(String connection) {
        Sighting now = sighting(connection);
        Sighting shown = shownBesides(connection);
        return now != null && shown != null && now.sameContent(shown);
    }

    private @Nullable Sighting shownBesides(String connection) {
        Sighting shown = (live || hidden) && !supplier.equals(connection) ? sighting(supplier) : null;
        return shown == null || shown.deleted() ? null : shown;
    }

    /** This connection said what its row shows. */
    public RecordState suppliedBy(String connection) {
        return new RecordState(sightings, connection, rowVersion, live, hidden);
    }

    /** Its row was written. */
    public RecordState written(long version) {
        return new RecordState(sightings, supplier, version, true, false);
    }

    /** Its row was deleted for good. */
    public RecordState removed(long version) {
        return new RecordState(sightings, supplier, version, false, false);
    }

    /** Its row was deleted, or not written, because of its listing. */
    public RecordState hiddenAt(long version) {
        return new RecordState(sightings, supplier, version, false, true);
    }
}
