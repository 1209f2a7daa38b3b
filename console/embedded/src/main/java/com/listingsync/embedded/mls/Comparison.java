package com.listingsync.embedded.mls;

import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.olingo.server.api.uri.queryoption.expression.BinaryOperatorKind;
import org.apache.olingo.server.api.uri.queryoption.expression.ExpressionVisitException;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons as OData v4 defines them (part 2, 5.1.1.1): null equals null only, and is neither greater nor less than
 * anything.
 */
final class Comparison {
    private Comparison() {}

    static Term.Test of(BinaryOperatorKind operator, Term left, Term right, Resource resource)
            throws ExpressionVisitException {
        if (left instanceof Term.Constant && right instanceof Term.Value) {
            return of(mirrored(operator), right, left, resource);
        }
        Function<Row, @Nullable Object> a = reader(left);
        Function<Row, @Nullable Object> b = reader(right);
        Predicate<Row> passes = row -> holds(operator, a.apply(row), b.apply(row));
        if (left instanceof Term.Value value && right instanceof Term.Constant constant) {
            return new Term.Test(passes, span(operator, value.name(), constant.value(), resource));
        }
        return new Term.Test(passes, Span.ALL);
    }

    static Function<Row, @Nullable Object> reader(Term term) throws ExpressionVisitException {
        if (term instanceof Term.Value value) {
            return value.of();
        } else if (term instanceof Term.Constant constant) {
            return row -> constant.value();
        } else if (term instanceof Term.Test test) {
            return row -> test.passes().test(row);
        }
        throw new ExpressionVisitException("This operand");
    }

    private static boolean holds(BinaryOperatorKind operator, @Nullable Object a, @Nullable Object b) {
        if (operator == BinaryOperatorKind.EQ || operator == BinaryOperatorKind.NE) {
            return equal(a, b) == (operator == BinaryOperatorKind.EQ);
        }
        OptionalInt order = a == null || b == null ? OptionalInt.empty() : compare(a, b);
        if (order.isEmpty()) {
            return false;
        }
        return switch (operator) {
            case GT -> order.getAsInt() > 0;
            case GE -> order.getAsInt() >= 0;
            case LT -> order.getAsInt() < 0;
            default -> order.getAsInt() <= 0;
        };
    }

    private static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b;
        }
        OptionalInt order = compare(a, b);
        return order.isPresent() ? order.getAsInt() == 0 : Objects.equals(a, b);
    }

    /** Empty for values of different types, as an odd row may have. */
    static OptionalInt compare(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return OptionalInt.of(x.compareTo(y));
        } else if (a instanceof Number x && b instanceof Number y) {
            return OptionalInt.of(new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString())));
        } else if (a instanceof String x && b instanceof String y) {
            return OptionalInt.of(x.compareTo(y));
        } else if (a instanceof LocalDate x && b instanceof LocalDate y) {
            return OptionalInt.of(x.compareTo(y));
        } else if (a instanceof Boolean x && b instanceof Boolean y) {
            return OptionalInt.of(x.compareTo(y));
        }
        return OptionalInt.empty();
    }

    private static Span span(BinaryOperatorKind operator, String field, @Nullable Object value, Resource resource) {
        if (field.equals(resource.clockField()) && value instanceof Long micros) {
            return switch (operator) {
                case GT -> Span.times(micros + 1, Long.MAX_VALUE);
                case GE -> Span.times(micros, Long.MAX_VALUE);
                case EQ -> Span.times(micros, micros);
                case LT -> Span.times(Long.MIN_VALUE, micros - 1);
                case LE -> Span.times(Long.MIN_VALUE, micros);
                default -> Span.ALL;
            };
        }
        return operator == BinaryOperatorKind.GT && field.equals(resource.keyField()) && value instanceof String key
                ? Span.keysAfter(key)
                : Span.ALL;
    }

    private static BinaryOperatorKind mirrored(BinaryOperatorKind operator) {
        return switch (operator) {
            case GT -> BinaryOperatorKind.LT;
            case GE -> BinaryOperatorKind.LE;
            case LT -> BinaryOperatorKind.GT;
            case LE -> BinaryOperatorKind.GE;
            default -> operator;
        };
    }
}
