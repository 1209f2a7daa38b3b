package com.listingsync.embedded.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldTableTest {
    private final SampleWorld world = SampleWorld.generate(Worlds.plan(500));

    @Test
    void declaresTheFieldsOfTheDataDictionary() {
        assertThat(Field.of(Resource.PROPERTY, Feed.VOW)).hasSizeBetween(60, 90);
        assertThat(Field.of(Resource.PROPERTY, Feed.IDX))
                .extracting(Field::name)
                .doesNotContain("ClosePrice", "CloseDate", "BuyerOfficeName");
    }

    @Test
    void readsValuesOfTheDeclaredTypes() {
        for (Resource resource : Resource.values()) {
            for (Row row : world.scan(resource, Feed.VOW, Scan.everything())) {
                for (Field field : Field.of(resource, Feed.VOW)) {
                    field.read(row)
                            .ifPresent(value -> assertThat(fits(field, row, value))
                                    .as("%s of %s: %s", field, row.key(), value)
                                    .isTrue());
                }
            }
        }
    }

    @Test
    void hasAValueSomewhereForEveryFieldButOne() {
        for (Resource resource : Resource.values()) {
            List<Row> rows = world.scan(resource, Feed.VOW, Scan.everything());
            assertThat(Field.of(resource, Feed.VOW))
                    .filteredOn(field -> !rows.isEmpty())
                    .filteredOn(field -> rows.stream().map(field::read).allMatch(Optional::isEmpty))
                    .extracting(Field::name)
                    .isSubsetOf("ImageOf");
        }
    }

    @Test
    void printsTimestampsAsJavaDoes() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long second =
                    random.nextLong(0, Instant.parse("9999-12-31T23:59:59Z").getEpochSecond());
            assertThat(new String(Timestamps.format(second)))
                    .isEqualTo(Instant.ofEpochSecond(second).toString());
        }
    }

    private static boolean fits(Field field, Row row, Object value) {
        if (field.shape().collection()) {
            boolean odd = row instanceof Listing listing && listing.home().oddity == Oddity.STRING_FOR_ARRAY;
            return odd ? value instanceof String : value instanceof List<?>;
        }
        return switch (field.shape().type()) {
            case STRING ->
                value instanceof String text
                        && text.length() <= field.shape().size().orElse(Integer.MAX_VALUE);
            case INTEGER -> value instanceof Long;
            case DECIMAL -> value instanceof Long || value instanceof BigDecimal;
            case BOOLEAN -> value instanceof Boolean;
            case DATE -> value instanceof LocalDate;
            case TIMESTAMP -> value instanceof Long micros && micros % 1_000_000 == 0;
        };
    }
}
