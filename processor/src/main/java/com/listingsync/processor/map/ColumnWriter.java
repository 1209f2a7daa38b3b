package com.listingsync.processor.map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.listingsync.common.event.View;
import com.listingsync.common.mapping.ColumnMapping;
import com.listingsync.common.mapping.ColumnMapping.OnError;
import com.listingsync.common.mapping.ColumnSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One column, compiled: where its value comes from and how it is written. Immutable. */
final class ColumnWriter {

    /** Finds a column's raw value. */
    private interface ValueSource {
        FieldValue value(RecordFields record, RowContext context) throws IOException;
    }

    private final ColumnMapping column;
    private final Typing typing;
    private final ValueSource source;

    ColumnWriter(ColumnMapping column, FieldIndex index) {
        this.column = column;
        this.typing = Typing.of(column.type());
        this.source = compile(column.source(), index);
    }

    String name() {
        return column.name();
    }

    /** Whether only the VOW feed's record may supply it. */
    boolean vowOnly() {
        return column.view() == View.VOW;
    }

    boolean required() {
        return column.required();
    }

    boolean nullOnError() {
        return column.onError() == OnError.NULL;
    }

    /** The value before typing; {@link FieldValue#NULL} when there is none or it says nothing in this type. */
    FieldValue value(RecordFields record, RowContext context) throws IOException {
        FieldValue value = source.value(record, context);
        if (typing.absent(value)) {
            return FieldValue.NULL;
        }
        return column.values().isEmpty() ? value : renamed(value);
    }

    /** Writes a value that is not null; the column's name is written already. */
    void write(FieldValue value, JsonGenerator out) throws IOException, RefusedValueException {
        typing.write(value, out);
    }

    private FieldValue renamed(FieldValue value) throws IOException {
        if (!value.isArray()) {
            String renamed = column.values().get(value.text());
            return renamed == null ? value : FieldValue.string(renamed);
        }
        List<String> texts = new ArrayList<>();
        for (String text : Texts.many(value)) {
            texts.add(column.values().getOrDefault(text, text));
        }
        byte[] json = com.listingsync.common.wire.Json.MAPPER.writeValueAsBytes(texts);
        return new FieldValue(FieldValue.Kind.ARRAY, "", json, 0, json.length);
    }

    private static ValueSource compile(ColumnSource source, FieldIndex index) {
        return source.fold(
                fields -> {
                    int[] slots = fields.names().stream().mapToInt(index::slot).toArray();
                    return (record, context) -> record.firstOf(slots);
                },
                constant -> {
                    FieldValue value = FieldValue.string(constant.text());
                    return (record, context) -> value;
                },
                concat -> {
                    int[] slots = concat.names().stream().mapToInt(index::slot).toArray();
                    return (record, context) -> joined(record, slots, concat.separator());
                },
                computed -> (record, context) -> context.value(computed.name(), record));
    }

    private static FieldValue joined(RecordFields record, int[] slots, String separator) throws IOException {
        @Nullable StringBuilder joined = null;
        for (int slot : slots) {
            FieldValue value = record.get(slot);
            String text = value.isBlank() ? "" : Texts.one(value).strip();
            if (!text.isEmpty()) {
                joined = joined == null ? new StringBuilder() : joined.append(separator);
                joined.append(text);
            }
        }
        return joined == null ? FieldValue.NULL : FieldValue.string(joined.toString());
    }
}
