package com.listingsync.processor.topology;

import com.listingsync.common.event.View;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.RecordState;
import com.listingsync.processor.rule.Sighting;
import com.listingsync.processor.rule.Standing;
import com.listingsync.processor.rule.StatusSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The stored form of states: fixed fields, big-endian, behind one byte that names the form. A changed form gets a new byte;
 * the old one stays readable for a release, since stores outlive one.
 */
final class StateBytes {

    private static final byte RECORD_FORM = 2;
    private static final byte LISTING_FORM = 3;

    private static final int SIGHTING_BYTES = 3 * Long.BYTES + 1;
    private static final int RECORD_FIXED_BYTES = 1 + Long.BYTES + 1 + 1;
    private static final int LISTING_FIXED_BYTES = 1 + 2 + 3 * Long.BYTES + 2 * Integer.BYTES + Short.BYTES + 1;

    private static final byte LIVE = 1;
    private static final byte HIDDEN = 2;
    private static final byte SUPPLIES = 1;
    private static final byte DELETED = 1;
    private static final byte REFUSED = 2;

    /** In place of a view: the connection does not have the listing, or gave nothing usable. */
    private static final byte ABSENT = -1;

    private static final short NO_STATUS = -1;
    private static final View[] VIEWS = View.values();
    private static final Standing[] STANDINGS = Standing.values();
    private static final StatusSource[] SOURCES = StatusSource.values();

    private StateBytes() {}

    static byte[] of(RecordState state) {
        Map<String, byte[]> names = names(state.sightings().keySet());
        ByteBuffer bytes = ByteBuffer.allocate(RECORD_FIXED_BYTES + sightingBytes(names))
                .put(RECORD_FORM)
                .putLong(state.rowVersion())
                .put((byte) ((state.live() ? LIVE : 0) | (state.hidden() ? HIDDEN : 0)))
                .put((byte) names.size());
        state.sightings().forEach((connection, sighting) -> {
            put(names, connection, sighting, bytes);
            bytes.put((byte) (connection.equals(state.supplier()) ? SUPPLIES : 0));
        });
        return bytes.array();
    }

    static RecordState record(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        StoredForm.require("what was seen of a record", bytes.get(), RECORD_FORM);
        long rowVersion = bytes.getLong();
        byte flags = bytes.get();
        Map<String, Sighting> sightings = new TreeMap<>();
        String supplier = "";
        for (int left = bytes.get(); left > 0; left--) {
            String connection = text(bytes, bytes.getShort());
            sightings.put(connection, sighting(bytes));
            supplier = bytes.get() == SUPPLIES ? connection : supplier;
        }
        return new RecordState(sightings, supplier, rowVersion, (flags & LIVE) != 0, (flags & HIDDEN) != 0);
    }

    static byte[] of(ListingState state) {
        byte[] status = state.status() == null ? new byte[0] : state.status().getBytes(StandardCharsets.UTF_8);
        byte[] listingId =
                state.listingId() == null ? new byte[0] : state.listingId().getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> names = names(state.sightings().keySet());
        ByteBuffer bytes =
                ByteBuffer.allocate(LISTING_FIXED_BYTES + status.length + sightingBytes(names) + listingId.length);
        bytes.put(LISTING_FORM)
                .put((byte) state.standing().ordinal())
                .put((byte) state.statusSource().ordinal())
                .putLong(state.rowVersion())
                .putLong(state.statusVersion())
                .putLong(state.parkedEver())
                .putInt(state.parked())
                .putInt(state.sheetRows())
                .putShort(state.status() == null ? NO_STATUS : (short) status.length)
                .put(status)
                .put((byte) names.size());
        state.sightings().forEach((connection, sighting) -> {
            put(names, connection, sighting, bytes);
            View view = state.presence().get(connection);
            bytes.put(view == null ? ABSENT : (byte) view.ordinal());
        });
        return bytes.put(listingId).array();
    }

    static ListingState listing(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        StoredForm.require("a listing", bytes.get(), LISTING_FORM);
        Standing standing = STANDINGS[bytes.get()];
        StatusSource source = SOURCES[bytes.get()];
        long rowVersion = bytes.getLong();
        long statusVersion = bytes.getLong();
        long parkedEver = bytes.getLong();
        int parked = bytes.getInt();
        int sheetRows = bytes.getInt();
        short statusLength = bytes.getShort();
        String status = statusLength == NO_STATUS ? null : text(bytes, statusLength);
        Map<String, Sighting> sightings = new TreeMap<>();
        Map<String, View> presence = new TreeMap<>();
        for (int left = bytes.get(); left > 0; left--) {
            String connection = text(bytes, bytes.getShort());
            sightings.put(connection, sighting(bytes));
            byte view = bytes.get();
            if (view != ABSENT) {
                presence.put(connection, VIEWS[view]);
            }
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

    private static Map<String, byte[]> names(Set<String> connections) {
        Map<String, byte[]> names = new HashMap<>();
        connections.forEach(connection -> names.put(connection, connection.getBytes(StandardCharsets.UTF_8)));
        return names;
    }

    private static int sightingBytes(Map<String, byte[]> names) {
        int bytes = 0;
        for (byte[] name : names.values()) {
            bytes += Short.BYTES + name.length + SIGHTING_BYTES + 1;
        }
        return bytes;
    }

    private static void put(Map<String, byte[]> names, String connection, Sighting sighting, ByteBuffer bytes) {
        byte[] name = Objects.requireNonNull(names.get(connection), connection);
        bytes.putShort((short) name.length)
                .put(name)
                .putLong(sighting.version())
                .putLong(sighting.content())
                .putLong(sighting.mapping())
                .put((byte) ((sighting.deleted() ? DELETED : 0) | (sighting.refused() ? REFUSED : 0)));
    }

    private static Sighting sighting(ByteBuffer bytes) {
        long version = bytes.getLong();
        long content = bytes.getLong();
        long mapping = bytes.getLong();
        byte flags = bytes.get();
        return new Sighting(version, content, mapping, (flags & DELETED) != 0, (flags & REFUSED) != 0);
    }

    private static String text(ByteBuffer bytes, int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
