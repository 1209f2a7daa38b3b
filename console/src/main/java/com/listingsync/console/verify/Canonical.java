package com.listingsync.console.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.mapping.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values such that what was sent and what PostgreSQL gives back are equal exactly when they mean the same: {@code 1.50} and
 * {@code 1.5}, a moment in another zone, the fields of a {@code jsonb} in another order. Pure.
 */
public final class Canonical {

    private static final String NOTHING = "-";

    /** PostgreSQL keeps microseconds and rounds what is finer. */
    private static final int NANOS_PER_MICRO = 1_000;

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private Canonical() {}

    /** The value as text; two values of a column are the same when their texts are. A missing value is null. */
    public static String text(ColumnType type, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return NOTHING;
        }
        return switch (type) {
            case INTEGER, DECIMAL -> number(value);
            case TIMESTAMP -> moment(value.asText());
            case BOOLEAN -> value.asText().toLowerCase(Locale.ROOT);
            case JSON, TEXT_ARRAY -> json(value);
            case TEXT, DATE -> "=" + value.asText();
        };
    }

    private static String number(JsonNode value) {
        if (!value.isNumber()) {
            try {
                return plain(new BigDecimal(value.asText().strip()));
            } catch (NumberFormatException e) {
                // Not a number on either side, such as NaN: equal only to itself.
                return "=" + value.asText();
            }
        }
        return value.isIntegralNumber() ? value.asText() : plain(value.decimalValue());
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String moment(String text) {
        try {
            Instant at = OffsetDateTime.parse(text.indexOf(' ') > 0 ? text.replace(' ', 'T') : text)
                    .toInstant();
            int nanos = at.getNano();
            int rounded = (nanos + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO * NANOS_PER_MICRO;
            long seconds = at.getEpochSecond() + rounded / NANOS_PER_SECOND;
            return seconds + "." + rounded % NANOS_PER_SECOND;
        } catch (DateTimeException e) {
            // Such as infinity: equal only to itself.
            return "=" + text;
        }
    }

    private static String json(JsonNode value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    private static void append(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            value.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            text.append('{');
            fields.forEach((name, field) -> {
                text.append(name.length()).append(':').append(name);
                append(field, text);
            });
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            value.forEach(each -> {
                append(each, text);
                text.append(',');
            });
            text.append(']');
        } else if (value.isNumber()) {
            text.append(plain(value.decimalValue()));
        } else if (value.isTextual()) {
            text.append('"').append(value.asText().length()).append(':').append(value.asText());
        } else {
            text.append(value.asText());
        }
    }
}
