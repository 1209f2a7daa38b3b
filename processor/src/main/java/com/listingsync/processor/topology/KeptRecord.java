package com.listingsync.processor.topology;

import com.listingsync.common.event.Link;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.View;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A record's last usable content, from which its row can be made again: when its listing returns, when the other view of a
 * listing leaves, when a sheet row's status is decided elsewhere.
 *
 * @param origin where it was fetched
 * @param link by what its key names its listing
 * @param version its source version
 * @param payload the record's bytes
 */
record KeptRecord(Origin origin, Link link, long version, byte[] payload) {

    private static final byte FORM = 1;

    /** Set beside the view of a record that is linked by ListingId. */
    private static final byte BY_LISTING_ID = 0x40;

    static KeptRecord of(SourceRecord record) {
        return new KeptRecord(
                record.origin(), record.event().link(), record.event().sourceVersion(), record.payload());
    }

    byte[] bytes() {
        byte[] connection = utf8(origin.connection());
        byte[] feed = utf8(origin.feed());
        byte[] run = utf8(origin.run().orElse(""));
        return ByteBuffer.allocate(2
                        + Long.BYTES
                        + 3 * Short.BYTES
                        + connection.length
                        + feed.length
                        + run.length
                        + payload.length)
                .put(FORM)
                .put((byte) (origin.view().ordinal() | (link == Link.LISTING_ID ? BY_LISTING_ID : 0)))
                .putLong(version)
                .putShort((short) connection.length)
                .put(connection)
                .putShort((short) feed.length)
                .put(feed)
                .putShort((short) run.length)
                .put(run)
                .put(payload)
                .array();
    }

    static KeptRecord of(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        StoredForm.require("content", bytes.get(), FORM);
        byte kind = bytes.get();
        View view = View.values()[kind & ~BY_LISTING_ID];
        Link link = (kind & BY_LISTING_ID) == 0 ? Link.LISTING_KEY : Link.LISTING_ID;
        long version = bytes.getLong();
        String connection = text(bytes);
        String feed = text(bytes);
        String run = text(bytes);
        byte[] payload = new byte[bytes.remaining()];
        bytes.get(payload);
        return new KeptRecord(
                new Origin(connection, feed, view, run.isEmpty() ? Optional.empty() : Optional.of(run)),
                link,
                version,
                payload);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[bytes.getShort()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
