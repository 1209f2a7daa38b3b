package com.listingsync.processor.rule;

import org.jspecify.annotations.Nullable;

/**
 * The last that was seen of a record.
 *
 * @param version its source version
 * @param content fingerprint of its payload; {@link Fingerprint#NONE} equals no other
 * @param mapping fingerprint of the mapping it was processed with
 * @param deleted whether it was deleted, or said so of itself
 * @param refused whether it is a dead letter
 */
public record Sighting(long version, long content, long mapping, boolean deleted, boolean refused) {

    /** A record that could be used. */
    public Sighting(long version, long content, long mapping, boolean deleted) {
        this(version, content, mapping, deleted, false);
    }

    /** The same, but such that the record is new when it comes again: what was done with it has been undone. */
    public Sighting forgotten() {
        return new Sighting(version, Fingerprint.NONE, mapping, deleted, refused);
    }

    /** The same record, processed with this mapping. */
    public Sighting mapped(long fingerprint) {
        return new Sighting(version, content, fingerprint, deleted, refused);
    }

    /** The same record, now known to be deleted. */
    public Sighting asDeleted() {
        return new Sighting(version, content, mapping, true, refused);
    }

    /** The same record, which is a dead letter now. */
    public Sighting asRefused() {
        return new Sighting(version, content, mapping, deleted, true);
    }

    /**
     * A replayed record as it is to be judged after {@code last}: one that was refused and has been confirmed since, in the same
     * words at a later version, is what its source says now, so it counts as that version.
     */
    public Sighting replayedAfter(@Nullable Sighting last) {
        if (last == null || !last.refused || last.version <= version) {
            return this;
        }
        boolean sameWords = content != Fingerprint.NONE && content == last.content;
        return sameWords ? new Sighting(last.version, content, mapping, deleted, refused) : this;
    }

    boolean sameContent(Sighting other) {
        return content != Fingerprint.NONE && content == other.content && mapping == other.mapping;
    }
}
