package com.listingsync.processor.map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.mapping.TableMapping;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.RowKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows of one table. Confined to one thread: it reuses its buffer. */
final class TableWriter {

    private static final int FIRST_BUFFER_BYTES = 4096;

    private final TableLayout layout;
    private final List<ColumnWriter> columns;
    private final List<ColumnWriter> keys;
    private final List<FieldCondition> keep;
    private final List<FieldCondition> drop;
    private final List<FieldCondition> deletedWhen;
    private final Warnings warnings;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BUFFER_BYTES);

    TableWriter(TableMapping mapping, FieldIndex index, Warnings warnings) {
        this.layout = mapping.layout();
        this.columns =
                mapping.columns().stream().map(c -> new ColumnWriter(c, index)).toList();
        this.keys = layout.keyColumns().stream()
                .map(key -> columns.stream()
                        .filter(c -> c.name().equals(key))
                        .findFirst()
                        .orElseThrow())
                .toList();
        this.keep = FieldCondition.all(mapping.keep(), index);
        this.drop = FieldCondition.all(mapping.drop(), index);
        this.deletedWhen = FieldCondition.all(mapping.deletedWhen(), index);
        this.warnings = warnings;
    }

    Admission admission(RecordFields record) {
        try {
            if (FieldCondition.anyHolds(deletedWhen, record)) {
                return Admission.DELETED;
            }
            return FieldCondition.allHold(keep, record) && !FieldCondition.anyHolds(drop, record)
                    ? Admission.KEPT
                    : Admission.FILTERED;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    boolean hasVowColumns() {
        return columns.stream().anyMatch(ColumnWriter::vowOnly);
    }

    /**
     * The row of a record.
     *
     * @param vow the VOW feed's record, which alone supplies VOW-only columns; null when that feed has none
     */
    MappedRow row(RowContext context, RecordFields record, @Nullable RecordFields vow) throws RefusedRowException {
        bytes.reset();
        try (JsonGenerator out = Json.MAPPER.getFactory().createGenerator(bytes)) {
            out.writeStartObject();
            for (ColumnWriter column : columns) {
                RecordFields supplier = column.vowOnly() ? vow : record;
                FieldValue value = supplier == null ? FieldValue.NULL : column.value(supplier, context);
                out.writeFieldName(column.name());
                write(column, value, out);
            }
            out.writeEndObject();
            out.close();
            return new MappedRow(layout, id(context, record), bytes.toByteArray());
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** The row that marks the record's row as deleted: keys, mark and version; all other columns keep their values. */
    MappedRow deleteRow(RowContext context, RecordFields last, String deletedAt) throws RefusedRowException {
        bytes.reset();
        try (JsonGenerator out = Json.MAPPER.getFactory().createGenerator(bytes)) {
            out.writeStartObject();
            for (ColumnWriter key : keys) {
                out.writeFieldName(key.name());
                write(key, key.value(last, context), out);
            }
            if (layout.deletedAt().isPresent()) {
                out.writeStringField(layout.deletedAt().get(), deletedAt);
            }
            if (layout.guard().isPresent()) {
                out.writeNumberField(layout.guard().get(), context.rowVersion());
            }
            out.writeEndObject();
            out.close();
            return new MappedRow(layout, id(context, last), bytes.toByteArray());
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    boolean marksDeletes() {
        return layout.deletedAt().isPresent();
    }

    private void write(ColumnWriter column, FieldValue value, JsonGenerator out)
            throws IOException, RefusedRowException {
        if (value.isNull()) {
            if (column.required()) {
                throw new RefusedRowException(missing(column));
            }
            out.writeNull();
            return;
        }
        try {
            column.write(value, out);
        } catch (RefusedValueException e) {
            if (!column.nullOnError()) {
                throw new RefusedRowException(new MapOutcome.Refused(
                        "bad-value",
                        column.name(),
                        "column " + layout.name() + "." + column.name() + " takes " + e.expected()
                                + "; the record has something else"));
            }
            // The mapping asks for null: the row is written without this value, and somebody counts how often.
            warnings.becameNull(layout.name(), column.name());
            out.writeNull();
        }
    }

    private String id(RowContext context, RecordFields record) throws IOException, RefusedRowException {
        if (keys.size() == 1) {
            return keyText(keys.get(0), context, record);
        }
        List<String> values = new ArrayList<>();
        for (ColumnWriter key : keys) {
            values.add(keyText(key, context, record));
        }
        return RowKey.idOf(values);
    }

    private String keyText(ColumnWriter key, RowContext context, RecordFields record)
            throws IOException, RefusedRowException {
        FieldValue value = key.value(record, context);
        if (value.isBlank()) {
            throw new RefusedRowException(missing(key));
        }
        return Texts.one(value);
    }

    private MapOutcome.Refused missing(ColumnWriter column) {
        return new MapOutcome.Refused(
                "missing-required",
                column.name(),
                "column " + layout.name() + "." + column.name() + " is required; the record has no value for it");
    }

    private static UncheckedIOException inMemory(IOException e) {
        // The record was read once without complaint and the buffer is memory: only a bug gets here.
        return new UncheckedIOException("writing a row to memory failed", e);
    }
}
