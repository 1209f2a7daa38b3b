package com.listingsync.processor.rule;

import com.listingsync.common.event.View;
import com.listingsync.common.mapping.Statuses;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about one listing apart from its records' contents.
 *
 * @param standing how it stands
 * @param sightings the last that was seen of it in each view
 * @param presence the views that have it, each with a record that could be used
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
        Map<View, Sighting> sightings,
        Set<View> presence,
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
            new ListingState(Standing.UNKNOWN, Map.of(), Set.of(), 0, null, StatusSource.SHEET, 0, 0, 0, 0, null);

    public ListingState {
        Objects.requireNonNull(standing, "standing");
        sightings = Collections.unmodifiableMap(sightings);
        presence = Collections.unmodifiableSet(presence);
        if (parked < 0 || sheetRows < 0) {
            throw new IllegalArgumentException("a listing can't have fewer than no children waiting or sheet rows");
        }
    }

    /** Whether an MLS knows it, so that no sheet decides its status. */
    public boolean knownToMls() {
        return standing != Standing.UNKNOWN;
    }

    public boolean inView(View view) {
        return presence.contains(view);
    }

    public ListingState seen(View view, Sighting sighting) {
        Map<View, Sighting> all = new EnumMap<>(View.class);
        all.putAll(sightings);
        all.put(view, sighting);
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

    public ListingState present(View view) {
        Set<View> views = EnumSet.of(view);
        views.addAll(presence);
        return withPresence(views);
    }

    public ListingState left(View view) {
        Set<View> views = EnumSet.noneOf(View.class);
        views.addAll(presence);
        views.remove(view);
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

    private ListingState withPresence(Set<View> views) {
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
