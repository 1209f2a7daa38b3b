package com.listingsync.processor.map;

import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.Statuses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of one entity's records, compiled once from a mapping. Confined to one thread.
 *
 * <p>{@link #read} parses a payload; everything else works on what it returned.
 */
public final class RecordMapper {

    private final FieldIndex index = new FieldIndex();
    private final List<TableWriter> tables;
    private final Statuses statuses;
    private final int[] statusSlots;
    private final int[] changedAtSlots;
    private final int[] listingIdSlot;

    public RecordMapper(Mapping mapping, Entity entity, Warnings warnings) {
        this.tables = mapping.of(entity).stream()
                .map(table -> new TableWriter(table, index, warnings))
                .toList();
        this.statuses = mapping.statuses();
        List<String> statusFields = statuses.fieldsOf(entity);
        this.statusSlots = statusFields.stream().mapToInt(index::slot).toArray();
        this.changedAtSlots = statusFields.isEmpty()
                ? new int[0]
                : statuses.changedAt().stream().mapToInt(index::slot).toArray();
        this.listingIdSlot = entity == Entity.PROPERTY
                ? mapping.listingId().stream().mapToInt(index::slot).toArray()
                : new int[0];
    }

    /** Whether the mapping makes rows of this entity at all. */
    public boolean mapped() {
        return !tables.isEmpty();
    }

    /** Whether some column is supplied by the VOW feed alone. */
    public boolean hasVowColumns() {
        return tables.stream().anyMatch(TableWriter::hasVowColumns);
    }

    /**
     * The needed fields of a payload.
     *
     * @throws UnreadableRecordException when it is not one JSON object; the record is a dead letter
     */
    public RecordFields read(byte[] payload) throws UnreadableRecordException {
        return RecordFields.read(payload, index);
    }

    /** What the principal table's conditions say; {@link Admission#KEPT} for an entity without tables. */
    public Admission admission(RecordFields record) {
        return tables.isEmpty() ? Admission.KEPT : tables.get(0).admission(record);
    }

    /** The status a record claims: its first field with a known spelling, else its first that is not blank. */
    public Optional<StatusClaim> status(RecordFields record) {
        Optional<StatusClaim> unknown = Optional.empty();
        for (int slot : statusSlots) {
            FieldValue value = record.get(slot);
            if (!value.isBlank()) {
                String spelling = text(value);
                Optional<String> word = statuses.word(spelling);
                if (word.isPresent()) {
                    return Optional.of(new StatusClaim(word.get(), true));
                }
                unknown = unknown.or(() -> Optional.of(snakeCase(spelling))
                        .filter(own -> !own.isEmpty())
                        .map(own -> new StatusClaim(own, false)));
            }
        }
        return unknown;
    }

    /** The ListingId of a listing's record; null when it has none, or the mapping wants none. */
    public @Nullable String listingId(RecordFields record) {
        FieldValue value = record.firstOf(listingIdSlot);
        return value.isBlank() ? null : text(value).strip();
    }

    /** When the source says the status changed, as ISO 8601; empty when it does not say. */
    public Optional<String> changedAt(RecordFields record) {
        for (int slot : changedAtSlots) {
            FieldValue value = record.get(slot);
            try {
                if (!value.isBlank()) {
                    return Optional.of(Moments.moment(value));
                }
            } catch (RefusedValueException e) {
                // A field that holds no moment says nothing; the next one may.
                continue;
            }
        }
        return Optional.empty();
    }

    /**
     * The rows of a record that is kept.
     *
     * @param vow the VOW feed's record of the same listing; null when that feed has none
     */
    public MapOutcome rows(RowContext context, RecordFields record, @Nullable RecordFields vow) {
        List<MappedRow> rows = new ArrayList<>(tables.size());
        try {
            for (int i = 0; i < tables.size(); i++) {
                if (i == 0 || tables.get(i).admission(record) == Admission.KEPT) {
                    rows.add(tables.get(i).row(context, record, vow));
                }
            }
            return new MapOutcome.Rows(rows);
        } catch (RefusedRowException e) {
            // The record makes no row at all, not half of its rows.
            return e.refused();
        }
    }

    /**
     * The rows that mark a record's rows as deleted; none for tables that do not mark deletes.
     *
     * @param last the record they were made of
     * @param deletedAt ISO 8601
     */
    public MapOutcome deleteRows(RowContext context, RecordFields last, String deletedAt) {
        List<MappedRow> rows = new ArrayList<>(tables.size());
        try {
            for (TableWriter table : tables) {
                if (table.marksDeletes()) {
                    rows.add(table.deleteRow(context, last, deletedAt));
                }
            }
            return new MapOutcome.Rows(rows);
        } catch (RefusedRowException e) {
            // Its key fitted when the row was made; only a changed key mapping gets here, and the row is then
            // another's.
            return e.refused();
        }
    }

    /** {@code Sold - Firm} as {@code sold_firm}; a camel hump begins a word. */
    static String snakeCase(String spelling) {
        return spelling.strip()
                .replaceAll("(\\p{Ll})(\\p{Lu})", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "_")
                .replaceAll("^_|_$", "");
    }

    private static String text(FieldValue value) {
        try {
            return Texts.one(value);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a value from memory failed", e);
        }
    }
}
