package com.listingsync.processor.rule;

import org.jspecify.annotations.Nullable;

/** Whether a record says anything that is not known yet; decided on its headers alone. */
public enum Novelty {
    /** It does; it goes on. */
    NEW,
    /** A newer version with the same content, such as a row of a sheet that was edited elsewhere; only its version is noted. */
    UNCHANGED,
    /** It has been processed, with the present mapping. */
    DUPLICATE,
    /** Something newer has been processed. */
    STALE,
    /** A delete of something that was never there. */
    ABSENT;

    /**
     * Judges a record against the last that was seen of it.
     *
     * <p>After a delete, an upsert of the same version or a newer one is new: the record is listed again. A changed mapping
     * makes an equal record new, so that sending the log through again makes new rows.
     *
     * @param last the last that was seen; null when nothing was
     * @param now what the record's headers say; {@code deleted} means that its operation is a delete
     */
    public static Novelty of(@Nullable Sighting last, Sighting now) {
        if (last == null) {
            return now.deleted() ? ABSENT : NEW;
        }
        if (now.version() < last.version()) {
            return STALE;
        }
        if (now.deleted()) {
            return last.deleted() ? DUPLICATE : NEW;
        }
        if (!now.sameContent(last)) {
            return NEW;
        }
        if (last.deleted()) {
            // The same content said that the record is deleted: only at the same version is it that very record again.
            return now.version() == last.version() ? DUPLICATE : NEW;
        }
        return now.version() == last.version() ? DUPLICATE : UNCHANGED;
    }

    /**
     * Judges a record that was a dead letter and is replayed: it has been seen, so it is no duplicate; but it is not to undo what
     * its source has said since. Something newer, a delete, or other content at the same version makes it stale.
     *
     * @param last the last that was seen; null when nothing was
     * @param now what the record's headers say; its content is the one that was refused, even if the payload was edited
     */
    public static Novelty ofReplay(@Nullable Sighting last, Sighting now) {
        if (last == null) {
            return now.deleted() ? ABSENT : NEW;
        }
        if (now.version() > last.version()) {
            return NEW;
        }
        if (now.version() < last.version() || last.deleted()) {
            return STALE;
        }
        boolean same = now.deleted()
                || now.content() == last.content()
                || now.content() == Fingerprint.NONE
                || last.content() == Fingerprint.NONE;
        return same ? NEW : STALE;
    }
}
