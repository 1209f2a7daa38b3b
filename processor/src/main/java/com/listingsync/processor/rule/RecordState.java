package com.listingsync.processor.rule;

/**
 * What is known about one child or sheet row apart from its content.
 *
 * @param sighting the last that was seen of it
 * @param rowVersion version of its last row; 0 before the first
 * @param live whether its row is there
 * @param hidden whether its row would be there but for its listing, which left or is filtered; it returns with the listing
 */
public record RecordState(Sighting sighting, long rowVersion, boolean live, boolean hidden) {

    public RecordState {
        if (live && hidden) {
            throw new IllegalArgumentException("a row can't be there and hidden");
        }
    }

    /** A record seen for the first time. */
    public static RecordState first(Sighting sighting) {
        return new RecordState(sighting, 0, false, false);
    }

    public RecordState seen(Sighting now) {
        return new RecordState(now, rowVersion, live, hidden);
    }

    /** Its row was written. */
    public RecordState written(long version) {
        return new RecordState(sighting, version, true, false);
    }

    /** Its row was deleted for good. */
    public RecordState removed(long version) {
        return new RecordState(sighting, version, false, false);
    }

    /** Its row was deleted, or not written, because of its listing. */
    public RecordState hiddenAt(long version) {
        return new RecordState(sighting, version, false, true);
    }
}
