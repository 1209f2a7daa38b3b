package com.listingsync.embedded.mls;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.apache.olingo.commons.api.edm.EdmType;
import org.apache.olingo.server.api.uri.queryoption.expression.ExpressionVisitException;
import org.apache.olingo.server.api.uri.queryoption.expression.Literal;
import org.jspecify.annotations.Nullable;

/** Values of OData literals, whose type Olingo has found. */
final class Literals {
    private Literals() {}

    static @Nullable Object value(Literal literal) throws ExpressionVisitException {
        EdmType type = literal.getType();
        String text = literal.getText();
        if (type == null || text.equals("null")) {
            return null;
        }
        try {
            return switch (type.getName()) {
                case "String" -> text.substring(1, text.length() - 1).replace("''", "'");
                case "Boolean" -> Boolean.valueOf(text);
                case "Date" -> LocalDate.parse(text);
                case "DateTimeOffset" -> micros(text);
                case "SByte", "Byte", "Int16", "Int32", "Int64", "Decimal", "Double", "Single" -> new BigDecimal(text);
                default -> throw new ExpressionVisitException("A literal of type " + type.getName());
            };
        } catch (DateTimeException | NumberFormatException e) {
            // The client wrote a value that its type does not have, such as a thirteenth month; it gets to know which.
            throw new ExpressionVisitException("The value " + text);
        }
    }

    private static long micros(String text) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(text));
    }
}
