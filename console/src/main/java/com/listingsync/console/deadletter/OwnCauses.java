package com.listingsync.console.deadletter;

/** The codes that our own stages make up. Pure. */
final class OwnCauses {

    private static final String PRODUCER = "producer";
    private static final String PROCESSOR = "processor";
    private static final String SINK = "sink";

    private OwnCauses() {}

    static void all(Causes.Lines to) {
        producer(to);
        processor(to);
        sink(to);
        posts(to);
    }

    private static void producer(Causes.Lines to) {
        own(
                to,
                PRODUCER,
                "no-key",
                "The source sent a record without a key, so nobody can tell which listing, child or row it is.",
                "Give it one at the source: the letter closes when the sheet row has a number. Or replay it with an edit that adds"
                        + " the key (--patch), or with --record-key. Unedited it would be refused again.");
        own(
                to,
                PRODUCER,
                "key-too-long",
                "The record's key, or that of its listing, is longer than 1,024 bytes: no key of an MLS is, and no index of a table"
                        + " could hold it.",
                "Look at the key column or key field: something else stands in it, such as a text of remarks. Correct it at the"
                        + " source; the record comes again when it changes. Discard the letter.");
        own(
                to,
                PRODUCER,
                "no-timestamp",
                "The record has no modification timestamp, or one that is none, so it can't be put in order with its other"
                        + " versions.",
                "Ask the MLS to fill the field, or name another clock field for the feed (docs/connections.md). Replay it with an"
                        + " edit that adds the timestamp, or with --source-version.");
        own(
                to,
                PRODUCER,
                "no-parent",
                "A photo, room or open house does not say which listing it belongs to.",
                "Ask the MLS why the link is empty. Replay it with an edit that adds the listing's key.");
        own(
                to,
                PRODUCER,
                "not-an-object",
                "An entry of the server's page is not a JSON object: a number, a text or an array stands where a record should.",
                "The server is at fault; the next pass reads the record anew if it was one. Discard the letter.");
        own(
                to,
                PRODUCER,
                "too-large",
                "The record is larger than a topic takes (1,000,000 bytes), so it was not sent on and its value is not kept.",
                "Ask the source for fewer fields ($select of the feed), or raise nothing: a listing of this size is usually an error"
                        + " in a remarks or JSON field. Discard the letter; the record comes again when it changes.");
        own(
                to,
                PRODUCER,
                "duplicate-key",
                "Two rows of the tab have the same property number; the last one was taken, this is the other.",
                "Give one of the rows another number in the sheet. Nothing is lost meanwhile but this row.");
        own(
                to,
                PRODUCER,
                "formula-error",
                "A cell that matters shows a formula error such as #REF! or #N/A; the row as it was last read stays.",
                "Mend the formula in the sheet: the row is read again by itself. Or allow such cells (formula_errors of the tab).");
    }

    private static void processor(Causes.Lines to) {
        own(
                to,
                PROCESSOR,
                "unreadable",
                "Key or headers of the record can't be read: it was not written by our producer, or by a newer one.",
                "Find out who writes to the source topic. Upgrade the processor if the producer is newer, then replay; otherwise"
                        + " discard.");
        own(
                to,
                PROCESSOR,
                "bad-json",
                "The payload is not one JSON object, although its source said so.",
                "Usually cut short on its way, and the next change of the record heals it. Replay it with --edit, a file that holds"
                        + " the right record.");
        own(
                to,
                PROCESSOR,
                "bad-value",
                "A value does not fit the type of the column it is mapped to; the message names column and field.",
                "Correct the value at the source, and its next version closes the letter. Or map the field to another type or"
                        + " another column (docs/mapping.md) and replay. Or replay it with a --patch that corrects the value.");
        own(
                to,
                PROCESSOR,
                "missing-required",
                "A column that must have a value gets none from this record.",
                "Fill the field at the source, or give the column a default or another field in the mapping and replay.");
        own(
                to,
                PROCESSOR,
                "orphan",
                "A photo, room or open house has waited for its listing longer than SYNC_PARKING_LIMIT, and the listing never came.",
                "Look whether the listing is in any feed ('sync --keys KEY'); the message names it. When it is there, replay: the"
                        + " child goes on at once. When it is gone for good, discard.");
        own(
                to,
                PROCESSOR,
                "too-large",
                "The record, or the row made of it, is larger than a topic takes.",
                "Map fewer or shorter columns (a JSON column that holds the whole record is the usual one), then replay. If its value"
                        + " was left out, reprocess the listing from its source topic instead.");
        own(
                to,
                PROCESSOR,
                "processing-failed",
                "The processor itself failed on this record: a defect of ours, not of the record. Its log has the cause.",
                "Report it with the log. After an upgrade, replay.");
    }

    private static void sink(Causes.Lines to) {
        own(
                to,
                SINK,
                "unreadable",
                "The record on the rows topic is no row of ours: key, headers or braces are not as they should be.",
                "Find out who writes to the rows topic. Upgrade the sink if the processor is newer, then replay; otherwise discard.");
        own(
                to,
                SINK,
                "unknown-table",
                "The row is for a table that the sink's mapping does not have.",
                "Give sink and processor the same SYNC_MAPPING, restart the sink, and replay.");
        own(
                to,
                SINK,
                "413",
                "The gateway before Supabase takes no request as large as this single row.",
                "Map fewer or shorter columns, or raise the gateway's limit; then replay.");
    }

    private static void posts(Causes.Lines to) {
        own(
                to,
                SINK,
                "unknown-platform",
                "A post is noted for a platform that is none of facebook, instagram and linkedin, so nobody can take it down.",
                "Correct the platform of the row in listing_posts, then replay.");
        own(
                to,
                SINK,
                "no-account",
                "Nobody knows the account a post was made with: its owner is missing in connections.yaml, or has no such platform.",
                "Add the account to the owner in connections.yaml (docs/posts.md), restart the sink, and replay.");
        own(
                to,
                SINK,
                "bad-id",
                "The id noted for a post is none that its platform gives.",
                "Correct external_id of the row in listing_posts, then replay; or take the post down by hand and discard.");
        own(
                to,
                SINK,
                "timeout",
                "A platform did not answer in time for as long as SYNC_UNPUBLISH_GIVE_UP, so the post is still up.",
                "When the platform answers again, replay; or take the post down by hand and discard.");
        own(
                to,
                SINK,
                "connection",
                "A platform could not be reached for as long as SYNC_UNPUBLISH_GIVE_UP, so the post is still up.",
                "See that the platform's host can be reached from the sink, then replay; or take the post down by hand and discard.");
        to.line(
                SINK,
                "\\d{1,3}(-\\d+)?|[45]\\d\\d",
                "platform code",
                "The platform refuses to take a post down; the number is its own error code, or the HTTP status.",
                "The message says what to mend: most often a token that has expired or lacks a permission (docs/posts.md). Renew it"
                        + " in connections.yaml, restart the sink, and replay.");
    }

    private static void own(Causes.Lines to, String stage, String code, String meaning, String fix) {
        to.line(stage, code, code, meaning, fix);
    }
}
