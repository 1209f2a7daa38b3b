package com.listingsync.embedded.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every field of every resource, joined from the Data Dictionary's declaration (fields.tsv) and its reader. */
final class FieldTable {
    private static final Map<Resource, List<Field>> FIELDS = load();

    private FieldTable() {}

    static List<Field> fields(Resource resource) {
        List<Field> fields = FIELDS.get(resource);
        if (fields == null) {
            throw new IllegalStateException("fields.tsv has no fields of " + resource.wireName());
        }
        return fields;
    }

    private static Map<Resource, List<Field>> load() {
        Map<Resource, Map<String, Function<Row, @Nullable Object>>> readers = Map.of(
                Resource.PROPERTY, PropertyFields.readers(),
                Resource.MEDIA, ChildFields.media(),
                Resource.ROOMS, ChildFields.rooms(),
                Resource.OPEN_HOUSES, ChildFields.openHouses(),
                Resource.EVENTS, ChildFields.events());
        Map<Resource, List<Field>> fields = new EnumMap<>(Resource.class);
        Places.lines("fields.tsv").skip(1).map(line -> line.split("\t", -1)).forEach(cells -> {
            Resource resource = Resource.named(cells[0]).orElseThrow();
            Function<Row, @Nullable Object> reader =
                    readers.getOrDefault(resource, Map.of()).get(cells[1]);
            if (reader == null) {
                throw new IllegalStateException(
                        "fields.tsv names " + cells[0] + "." + cells[1] + ", which nothing reads");
            }
            fields.computeIfAbsent(resource, any -> new ArrayList<>()).add(field(cells, reader));
        });
        return Map.copyOf(fields);
    }

    private static Field field(String[] cells, Function<Row, @Nullable Object> reader) {
        Field.Type type = type(cells[2]);
        String size = type == Field.Type.DECIMAL ? cells[5] : cells[4];
        Field.Shape shape = new Field.Shape(type, cells[3].equals("yes"), number(size), number(cells[6]));
        return new Field(cells[1], shape, cells[7].equals("VOW") ? Set.of(Feed.VOW) : Set.of(Feed.values()), reader);
    }

    private static OptionalInt number(String cell) {
        return cell.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(cell));
    }

    private static Field.Type type(String declared) {
        return switch (declared) {
            case "Edm.String", "lookup" -> Field.Type.STRING;
            case "Edm.Int64" -> Field.Type.INTEGER;
            case "Edm.Decimal" -> Field.Type.DECIMAL;
            case "Edm.Boolean" -> Field.Type.BOOLEAN;
            case "Edm.Date" -> Field.Type.DATE;
            case "Edm.DateTimeOffset" -> Field.Type.TIMESTAMP;
            default -> throw new IllegalStateException("fields.tsv: " + declared + " is not a known type");
        };
    }
}
