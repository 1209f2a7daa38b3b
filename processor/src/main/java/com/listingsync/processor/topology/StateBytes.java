package com.listingsync.processor.topology;

import com.listingsync.common.event.View;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.RecordState;
import com.listingsync.processor.rule.Sighting;
import com.listingsync.processor.rule.Standing;
import com.listingsync.processor.rule.StatusSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The stored form of states: fixed fields, big-endian, behind one byte that names the form. A changed form gets a new byte;
 * the old one stays readable for a release, since stores outlive one.
 */
final class StateBytes {

    private static final byte RECORD_FORM = 1;
    private static final byte LISTING_FORM = 2;

    private static final int SIGHTING_BYTES = 3 * Long.BYTES + 1;
    private static final int RECORD_BYTES = 1 + SIGHTING_BYTES + Long.BYTES + 1;
    private static final int LISTING_FIXED_BYTES = 1 + 3 + 3 * Long.BYTES + 2 * Integer.BYTES + 2;

    private static final byte LIVE = 1;
    private static final byte HIDDEN = 2;

    private static final short NO_STATUS = -1;
    private static final View[] VIEWS = View.values();
    private static final Standing[] STANDINGS = Standing.values();
    private static final StatusSource[] SOURCES = StatusSource.values();

    private StateBytes() {}

    static byte[] of(RecordState state) {
        ByteBuffer bytes = ByteBuffer.allocate(RECORD_BYTES).put(RECORD_FORM);
        put(state.sighting(), bytes);
        bytes.putLong(state.rowVersion());
        bytes.put((byte) ((state.live() ? LIVE : 0) | (state.hidden() ? HIDDEN : 0)));
        return bytes.array();
    }

    static RecordState record(byte[] stored) {
        ByteBuffer bytes = form(stored, RECORD_FORM);
        Sighting sighting = sighting(bytes);
        long rowVersion = bytes.getLong();
        byte flags = bytes.get();
        return new RecordState(sighting, rowVersion, (flags & LIVE) != 0, (flags & HIDDEN) != 0);
    }

    static byte[] of(ListingState state) {
        byte[] status = state.status() == null ? new byte[0] : state.status().getBytes(StandardCharsets.UTF_8);
        byte[] listingId =
                state.listingId() == null ? new byte[0] : state.listingId().getBytes(StandardCharsets.UTF_8);
        int sightings = state.sightings().size();
        ByteBuffer bytes = ByteBuffer.allocate(
                LISTING_FIXED_BYTES + status.length + 1 + sightings * (1 + SIGHTING_BYTES) + listingId.length);
        bytes.put(LISTING_FORM)
                .put((byte) state.standing().ordinal())
                .put(mask(state.presence()))
                .put((byte) state.statusSource().ordinal())
                .putLong(state.rowVersion())
                .putLong(state.statusVersion())
                .putLong(state.parkedEver())
                .putInt(state.parked())
                .putInt(state.sheetRows())
                .putShort(state.status() == null ? NO_STATUS : (short) status.length)
                .put(status)
                .put((byte) sightings);
        state.sightings().forEach((view, sighting) -> {
            bytes.put((byte) view.ordinal());
            put(sighting, bytes);
        });
        return bytes.put(listingId).array();
    }

    static ListingState listing(byte[] stored) {
        ByteBuffer bytes = form(stored, LISTING_FORM);
        Standing standing = STANDINGS[bytes.get()];
        Set<View> presence = views(bytes.get());
        StatusSource source = SOURCES[bytes.get()];
        long rowVersion = bytes.getLong();
        long statusVersion = bytes.getLong();
        long parkedEver = bytes.getLong();
        int parked = bytes.getInt();
        int sheetRows = bytes.getInt();
        short statusLength = bytes.getShort();
        String status = statusLength == NO_STATUS ? null : text(bytes, statusLength);
        Map<View, Sighting> sightings = new EnumMap<>(View.class);
        for (int left = bytes.get(); left > 0; left--) {
            View view = VIEWS[bytes.get()];
            sightings.put(view, sighting(bytes));
        }
        String listingId = bytes.hasRemaining() ? text(bytes, bytes.remaining()) : null;
        return new ListingState(
                standing,
                sightings,
                presence,
                rowVersion,
                status,
                source,
                statusVersion,
                parked,
                parkedEver,
                sheetRows,
                listingId);
    }

    private static ByteBuffer form(byte[] stored, byte expected) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        byte form = bytes.get();
        if (form != expected) {
            throw new IllegalStateException("stored state has form " + form + ", this version reads " + expected
                    + "; it was written by a newer version");
        }
        return bytes;
    }

    private static void put(Sighting sighting, ByteBuffer bytes) {
        bytes.putLong(sighting.version())
                .putLong(sighting.content())
                .putLong(sighting.mapping())
                .put((byte) (sighting.deleted() ? 1 : 0));
    }

    private static Sighting sighting(ByteBuffer bytes) {
        return new Sighting(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.get() == 1);
    }

    private static String text(ByteBuffer bytes, int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte mask(Set<View> views) {
        int mask = 0;
        for (View view : views) {
            mask |= 1 << view.ordinal();
        }
        return (byte) mask;
    }

    private static Set<View> views(byte mask) {
        Set<View> views = EnumSet.noneOf(View.class);
        for (View view : VIEWS) {
            if ((mask & 1 << view.ordinal()) != 0) {
                views.add(view);
            }
        }
        return views;
    }
}
