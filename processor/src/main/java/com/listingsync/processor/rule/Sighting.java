package com.listingsync.processor.rule;

/**
 * The last that was seen of a record.
 *
 * @param version its source version
 * @param content fingerprint of its payload; {@link Fingerprint#NONE} equals no other
 * @param mapping fingerprint of the mapping it was processed with
 * @param deleted whether it was deleted, or said so of itself
 */
public record Sighting(long version, long content, long mapping, boolean deleted) {

    /** The same, but such that the record is new when it comes again: what was done with it has been undone. */
    public Sighting forgotten() {
        return new Sighting(version, Fingerprint.NONE, mapping, deleted);
    }

    /** The same record, processed with this mapping. */
    public Sighting mapped(long fingerprint) {
        return new Sighting(version, content, fingerprint, deleted);
    }

    /** The same record, now known to be deleted. */
    public Sighting asDeleted() {
        return new Sighting(version, content, mapping, true);
    }

    boolean sameContent(Sighting other) {
        return content != Fingerprint.NONE && content == other.content && mapping == other.mapping;
    }
}
