package com.listingsync.processor.rule;

import com.listingsync.common.event.View;
import com.listingsync.common.mapping.Statuses;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about one listing apart from its records' contents.
 *
 * @param standing how it stands
 * @param sightings the last that was seen of it, by connection
 * @param presence the connections that have it, each with a record that could be used, and the view each reads under
 * @param rowVersion version of its last row; 0 before the first
 * @param status its status; null while nobody has said one
 * @param statusSource who decided the status
 * @param statusVersion version of its last history entry; 0 before the first
 * @param parked children that wait for it
 * @param parkedEver children that have ever waited for it: the next one's place in the queue
 * @param sheetRows sheet rows linked to it that are there
 * @param listingId its ListingId, the number people know it by; null while none is known
 */
public record ListingState(
        Standing standing,
        Map<String, Sighting> sightings,
        Map<String, View> presence,
        long rowVersion,
        @Nullable String status,
        StatusSource statusSource,
        long statusVersion,
        int parked,
        long parkedEver,
        int sheetRows,
        @Nullable String listingId) {

    /** A listing that nothing is known about. */
    public static final ListingState FIRST =
            new ListingState(Standing.UNKNOWN, Map.of(), Map.of(), 0, null, StatusSource.SHEET, 0, 0, 0, 0, null);

    public ListingState {
        Objects.requireNonNull(standing, "standing");
        sightings = Collections.unmodifiableMap(sightings);
        presence = Collections.unmodifiableMap(presence);
        if (parked < 0 || sheetRows < 0) {
            throw new IllegalArgumentException("a listing can't have fewer than no children waiting or sheet rows");
        }
    }

    /** Whether an MLS knows it, so that no sheet decides its status. */
    public boolean knownToMls() {
        return standing != Standing.UNKNOWN;
    }

    /** Whether a connection that reads under this view has it. */
    public boolean inView(View view) {
        return presence.containsValue(view);
    }

    /** Whether this connection has it. */
    public boolean heldBy(String connection) {
        return presence.containsKey(connection);
    }

    /** What this connection said last is a dead letter. */
    public ListingState refusedFrom(String connection) {
        Sighting last = sightings.get(connection);
        return last == null ? this : seen(connection, last.asRefused());
    }

    public ListingState seen(String connection, Sighting sighting) {
        Map<String, Sighting> all = new TreeMap<>(sightings);
        all.put(connection, sighting);
        return new ListingState(
                standing,
                all,
                presence,
                rowVersion,
                status,
                statusSource,
                statusVersion,
                parked,
                parkedEver,
                sheetRows,
                listingId);
    }

    public ListingState present(String connection, View view) {
        Map<String, View> views = new TreeMap<>(presence);
        views.put(connection, view);
        return withPresence(views);
    }

    public ListingState left(String connection) {
        Map<String, View> views = new TreeMap<>(presence);
        views.remove(connection);
        return withPresence(views);
    }

    public ListingState standing(Standing now) {
        return new ListingState(
                now,
                sightings,
                presence,
                rowVersion,
                status,
                statusSource,
                statusVersion,
                parked,
                parkedEver,
                sheetRows,
                listingId);
    }

    public ListingState rowVersion(long now) {
        return new ListingState(
                standing,
                sightings,
                presence,
                now,
                status,
                statusSource,
                statusVersion,
                parked,
                parkedEver,
                sheetRows,
                listingId);
    }

    public ListingState status(@Nullable String now, StatusSource source) {
        return new ListingState(
                standing,
                sightings,
                presence,
                rowVersion,
                now,
                source,
                statusVersion,
                parked,
                parkedEver,
                sheetRows,
                listingId);
    }

    public ListingState statusVersion(long now) {
        return new ListingState(
                standing,
                sightings,
                presence,
                rowVersion,
                status,
                statusSource,
                now,
                parked,
                parkedEver,
                sheetRows,
                listingId);
    }

    /** One more child waits. */
    public ListingState parkedOne() {
        return new ListingState(
                standing,
                sightings,
                presence,
                rowVersion,
                status,
                statusSource,
                statusVersion,
                parked + 1,
                parkedEver + 1,
                sheetRows,
                listingId);
    }

    /** So many children wait no longer. */
    public ListingState unparked(int count) {
        return new ListingState(
                standing,
                sightings,
                presence,
                rowVersion,
                status,
                statusSource,
                statusVersion,
                parked - count,
                parkedEver,
                sheetRows,
                listingId);
    }

    public ListingState sheetRows(int now) {
        return new ListingState(
                standing,
                sightings,
                presence,
                rowVersion,
                status,
                statusSource,
                statusVersion,
                parked,
                parkedEver,
                now,
                listingId);
    }

    public ListingState listingId(@Nullable String now) {
        return new ListingState(
                standing,
                sightings,
                presence,
                rowVersion,
                status,
                statusSource,
                statusVersion,
                parked,
                parkedEver,
                sheetRows,
                now);
    }

    /**
     * The status it has on the market: its own, or {@link Statuses#FILTERED} while the mapping keeps out what it had let in; null
     * while it was never let in, or nobody has said a status.
     */
    public @Nullable String marketStatus() {
        if (standing != Standing.FILTERED) {
            return status;
        }
        return rowVersion == 0 ? null : Statuses.FILTERED;
    }

    private ListingState withPresence(Map<String, View> views) {
        return new ListingState(
                standing,
                sightings,
                views,
                rowVersion,
                status,
                statusSource,
                statusVersion,
                parked,
                parkedEver,
                sheetRows,
                listingId);
    }
}
