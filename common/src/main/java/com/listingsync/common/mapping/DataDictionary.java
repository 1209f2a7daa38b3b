package com.listingsync.common.mapping;

import com.listingsync.common.event.Entity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The fields of the RESO Data Dictionary 2.0 that we can meet, with their types. Immutable. */
final class DataDictionary {

    private static final String FILE = "data-dictionary.tsv";
    private static final Map<String, Entity> RESOURCES = Map.of(
            "Property", Entity.PROPERTY,
            "Media", Entity.MEDIA,
            "PropertyRooms", Entity.ROOMS,
            "OpenHouse", Entity.OPENHOUSE);

    /** Fields that widely used servers add, with the column types that suit them: AMPRE (PropTx) and MLS Grid (facts.md §1). */
    private static final Map<Entity, Map<String, Type>> LOCAL = Map.of(
            Entity.PROPERTY,
            Map.of("ContractStatus", Type.TEXT, "TransactionType", Type.TEXT, "MlgCanView", Type.BOOLEAN),
            Entity.MEDIA,
            Map.of("MlgCanView", Type.BOOLEAN),
            Entity.ROOMS,
            Map.of("RoomStatus", Type.TEXT, "MlgCanView", Type.BOOLEAN),
            Entity.OPENHOUSE,
            Map.of("MlgCanView", Type.BOOLEAN));

    /** What a field holds, and the column types that suit it; {@code text} and {@code json} suit all. */
    enum Type {
        BOOLEAN("true or false", Set.of(ColumnType.BOOLEAN)),
        DATE("a day", Set.of(ColumnType.DATE)),
        TIMESTAMP("a moment", Set.of(ColumnType.TIMESTAMP, ColumnType.DATE)),
        NUMBER("a number", Set.of(ColumnType.DECIMAL, ColumnType.INTEGER)),
        TEXT("a text", Set.of(ColumnType.TEXT_ARRAY)),
        TEXTS("a list of texts", Set.of(ColumnType.TEXT_ARRAY));

        private final String words;

        @SuppressWarnings("ImmutableEnumChecker") // Always made by Set.of.
        private final Set<ColumnType> columns;

        Type(String words, Set<ColumnType> columns) {
            this.words = words;
            this.columns = columns;
        }

        /** What such a field holds, for a sentence. */
        String words() {
            return words;
        }

        boolean suits(ColumnType column) {
            return column == ColumnType.TEXT || column == ColumnType.JSON || columns.contains(column);
        }

        private static Type of(String name) {
            return switch (name) {
                case "Edm.Boolean" -> BOOLEAN;
                case "Edm.Date" -> DATE;
                case "Edm.DateTimeOffset" -> TIMESTAMP;
                case "Edm.Decimal", "Edm.Int64" -> NUMBER;
                default -> name.endsWith("[]") ? TEXTS : TEXT;
            };
        }
    }

    private final Map<Entity, Map<String, Type>> fields;

    private DataDictionary(Map<Entity, Map<String, Type>> fields) {
        this.fields = fields;
    }

    static DataDictionary load() {
        Map<Entity, Map<String, Type>> fields = new EnumMap<>(Entity.class);
        text().lines().skip(1).map(line -> line.split("\t", -1)).forEach(parts -> {
            Entity entity = RESOURCES.get(parts[0]);
            if (entity != null) {
                fields.computeIfAbsent(entity, e -> new TreeMap<>()).put(parts[1], Type.of(parts[2]));
            }
        });
        LOCAL.forEach((entity, local) ->
                fields.computeIfAbsent(entity, e -> new TreeMap<>()).putAll(local));
        return new DataDictionary(fields);
    }

    /** Whether it says anything about this entity; it does not about sheets. */
    boolean covers(Entity entity) {
        return fields.containsKey(entity);
    }

    /** What a field holds; empty when the entity has no such field. */
    Optional<Type> type(Entity entity, String field) {
        return Optional.ofNullable(fields.getOrDefault(entity, Map.of()).get(field));
    }

    Set<String> names(Entity entity) {
        return fields.getOrDefault(entity, Map.of()).keySet();
    }

    private static String text() {
        try (InputStream in = DataDictionary.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " can't be read from the class path", e);
        }
    }
}
