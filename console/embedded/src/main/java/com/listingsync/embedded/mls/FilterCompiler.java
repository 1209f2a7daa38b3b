package com.listingsync.embedded.mls;

import com.listingsync.embedded.world.Field;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.olingo.commons.api.edm.EdmEnumType;
import org.apache.olingo.commons.api.edm.EdmType;
import org.apache.olingo.server.api.ODataApplicationException;
import org.apache.olingo.server.api.uri.UriResourceProperty;
import org.apache.olingo.server.api.uri.queryoption.expression.BinaryOperatorKind;
import org.apache.olingo.server.api.uri.queryoption.expression.Expression;
import org.apache.olingo.server.api.uri.queryoption.expression.ExpressionVisitException;
import org.apache.olingo.server.api.uri.queryoption.expression.ExpressionVisitor;
import org.apache.olingo.server.api.uri.queryoption.expression.Literal;
import org.apache.olingo.server.api.uri.queryoption.expression.Member;
import org.apache.olingo.server.api.uri.queryoption.expression.MethodKind;
import org.apache.olingo.server.api.uri.queryoption.expression.UnaryOperatorKind;
import org.jspecify.annotations.Nullable;

/** Turns a parsed {@code $filter} into a test of rows, and into the part of the index where rows can pass it. */
final class FilterCompiler implements ExpressionVisitor<Term> {
    private final Resource resource;
    private final Map<String, Field> fields;

    FilterCompiler(Resource resource, Map<String, Field> fields) {
        this.resource = resource;
        this.fields = fields;
    }

    /** @throws ODataRefusal when the filter uses something that this MLS does not offer */
    Term.Test compile(Expression filter) throws ODataRefusal {
        try {
            return test(filter.accept(this));
        } catch (ExpressionVisitException | ODataApplicationException e) {
            // The client asked for something that is not offered; it gets to know what.
            throw ODataRefusal.unsupported(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Term visitBinaryOperator(BinaryOperatorKind operator, Term left, Term right)
            throws ExpressionVisitException {
        return switch (operator) {
            case AND -> {
                Term.Test a = test(left);
                Term.Test b = test(right);
                yield new Term.Test(a.passes().and(b.passes()), a.span().and(b.span()));
            }
            case OR -> {
                Term.Test a = test(left);
                Term.Test b = test(right);
                yield new Term.Test(a.passes().or(b.passes()), a.span().or(b.span()));
            }
            case EQ, NE, GT, GE, LT, LE -> Comparison.of(operator, left, right, resource);
            default -> throw new ExpressionVisitException("Operator " + operator);
        };
    }

    @Override
    public Term visitBinaryOperator(BinaryOperatorKind operator, Term left, List<Term> right)
            throws ExpressionVisitException {
        Predicate<Row> any = row -> false;
        for (Term each : right) {
            any = any.or(
                    Comparison.of(BinaryOperatorKind.EQ, left, each, resource).passes());
        }
        return new Term.Test(any, Span.ALL);
    }

    @Override
    public Term visitUnaryOperator(UnaryOperatorKind operator, Term operand) throws ExpressionVisitException {
        if (operator == UnaryOperatorKind.NOT) {
            return new Term.Test(test(operand).passes().negate(), Span.ALL);
        }
        throw new ExpressionVisitException("Operator " + operator);
    }

    @Override
    public Term visitMethodCall(MethodKind method, List<Term> with) throws ExpressionVisitException {
        return switch (method) {
            case CONTAINS -> text(with, String::contains);
            case STARTSWITH -> text(with, String::startsWith);
            case ENDSWITH -> text(with, String::endsWith);
            case TOLOWER -> changed(with.get(0), text -> text.toLowerCase(Locale.ROOT));
            case TOUPPER -> changed(with.get(0), text -> text.toUpperCase(Locale.ROOT));
            default -> throw new ExpressionVisitException("Function " + method);
        };
    }

    @Override
    public Term visitLiteral(Literal literal) throws ExpressionVisitException {
        return new Term.Constant(Literals.value(literal));
    }

    @Override
    public Term visitMember(Member member) throws ExpressionVisitException {
        if (member.getResourcePath().getUriResourceParts().get(0) instanceof UriResourceProperty property) {
            Field field = fields.get(property.getProperty().getName());
            if (field != null) {
                return new Term.Value(field.name(), row -> field.read(row).orElse(null));
            }
        }
        throw new ExpressionVisitException("This path");
    }

    @Override
    public Term visitLambdaExpression(String function, String variable, @Nullable Expression expression)
            throws ExpressionVisitException {
        throw new ExpressionVisitException("Lambda " + function);
    }

    @Override
    public Term visitAlias(String alias) throws ExpressionVisitException {
        throw new ExpressionVisitException("Alias " + alias);
    }

    @Override
    public Term visitTypeLiteral(EdmType type) throws ExpressionVisitException {
        throw new ExpressionVisitException("Type " + type.getName());
    }

    @Override
    public Term visitLambdaReference(String variable) throws ExpressionVisitException {
        throw new ExpressionVisitException("Lambda variable " + variable);
    }

    @Override
    public Term visitEnum(EdmEnumType type, List<String> values) throws ExpressionVisitException {
        throw new ExpressionVisitException("Enumeration " + type.getName());
    }

    private static Term.Test test(Term term) throws ExpressionVisitException {
        if (term instanceof Term.Test test) {
            return test;
        } else if (term instanceof Term.Value value) {
            return new Term.Test(row -> Boolean.TRUE.equals(value.of().apply(row)), Span.ALL);
        } else if (term instanceof Term.Constant constant && constant.value() instanceof Boolean truth) {
            return new Term.Test(row -> truth, Span.ALL);
        }
        throw new ExpressionVisitException("A condition that is neither true nor false");
    }

    private static Term text(List<Term> with, BiPredicate<String, String> matches) throws ExpressionVisitException {
        Function<Row, @Nullable Object> where = Comparison.reader(with.get(0));
        Function<Row, @Nullable Object> what = Comparison.reader(with.get(1));
        return new Term.Test(
                row -> where.apply(row) instanceof String text
                        && what.apply(row) instanceof String part
                        && matches.test(text, part),
                Span.ALL);
    }

    private static Term changed(Term term, Function<String, String> change) throws ExpressionVisitException {
        Function<Row, @Nullable Object> of = Comparison.reader(term);
        return new Term.Value("", row -> of.apply(row) instanceof String text ? change.apply(text) : null);
    }
}
