package com.listingsync.embedded.world;

import com.fasterxml.jackson.core.io.SerializedString;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field of a resource: its Data Dictionary type, who may see it, and how to read it from a row. Immutable. */
public final class Field {
    /** The types that the sample uses; lookups are strings. */
    public enum Type {
        STRING,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        DATE,
        TIMESTAMP
    }

    /**
     * A field's type as the Data Dictionary declares it.
     *
     * @param size maximum length of a string, precision of a decimal; empty when undeclared
     */
    public record Shape(Type type, boolean collection, OptionalInt size, OptionalInt scale) {}

    private final String name;
    private final Shape shape;
    private final Set<Feed> feeds;
    private final Function<Row, @Nullable Object> reader;
    private final SerializedString jsonName;

    Field(String name, Shape shape, Set<Feed> feeds, Function<Row, @Nullable Object> reader) {
        this.name = name;
        this.shape = shape;
        this.feeds = Set.copyOf(feeds);
        this.reader = reader;
        this.jsonName = new SerializedString(name);
    }

    public String name() {
        return name;
    }

    public Shape shape() {
        return shape;
    }

    public boolean shownIn(Feed feed) {
        return feeds.contains(feed);
    }

    SerializedString jsonName() {
        return jsonName;
    }

    /**
     * The row's value: a String, Long (of a timestamp: microseconds since 1970), BigDecimal, Boolean,
     * {@link java.time.LocalDate} or List of String; empty for null. An odd row's value may not be of the declared type.
     */
    public Optional<Object> read(Row row) {
        return Optional.ofNullable(reader.apply(row));
    }

    @Nullable
    Object valueOf(Row row) {
        return reader.apply(row);
    }

    /** All fields of a resource that a feed shows, in the order they are written. */
    public static List<Field> of(Resource resource, Feed feed) {
        return FieldTable.fields(resource).stream()
                .filter(field -> field.shownIn(feed))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
