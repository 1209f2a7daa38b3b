package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.listingsync.common.mapping.ColumnType;
import com.listingsync.console.verify.Canonical;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.regex.Pattern;

/**
 * What a value says, as text: two values are the same when their {@link #exact} texts are, and differ in nothing but formatting when only
 * their {@link #loose} texts are equal. Pure.
 */
final class Meaning {

    private static final String NOTHING = "-";
    private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0]+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d.*)?");

    private Meaning() {}

    /** Numbers by value, times by moment (without a zone: UTC), JSON whatever the order of its fields, text letter by letter. */
    static String exact(ColumnType type, JsonNode value) {
        return Canonical.text(type, type == ColumnType.TIMESTAMP ? zoned(value) : value);
    }

    /** Besides: spaces count once, composed letters as one, and a text that is a number or a time as that; empty is nothing. */
    static String loose(ColumnType type, JsonNode value) {
        if (value.isMissingNode() || value.isNull() || value.isContainerNode() && value.isEmpty()) {
            return NOTHING;
        }
        if (value.isContainerNode()) {
            return Canonical.text(ColumnType.JSON, value);
        }
        String text = SPACE.matcher(Normalizer.normalize(value.asText(), Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
        if (text.isEmpty()) {
            return NOTHING;
        }
        if (NUMBER.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        if (TIME.matcher(text).matches()) {
            return Canonical.text(ColumnType.TIMESTAMP, zoned(new TextNode(text)));
        }
        return type == ColumnType.BOOLEAN ? truth(text) : "=" + text;
    }

    /** A time without a zone, or a day, as UTC; anything else as it is. */
    private static JsonNode zoned(JsonNode value) {
        if (!value.isTextual()) {
            return value;
        }
        String text = value.asText().strip().replace(' ', 'T');
        try {
            LocalDateTime local =
                    text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
            return new TextNode(local + (local.getSecond() == 0 && local.getNano() == 0 ? ":00Z" : "Z"));
        } catch (DateTimeException e) {
            // It has a zone, or is no time: both are for the caller.
            return value;
        }
    }

    private static String truth(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "t", "yes", "y" -> "true";
            case "false", "f", "no", "n" -> "false";
            default -> "=" + text;
        };
    }
}
