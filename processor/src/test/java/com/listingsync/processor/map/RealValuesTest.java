package com.listingsync.processor.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real feeds send becomes what the page says it does: the page's table is the test's. */
class RealValuesTest {

    private static final Path PAGE = Path.of("..", "docs", "mapping.md");
    private static final String NOTHING = "–";

    private static final Map<Entity, String> KEYS = Map.of(
            Entity.PROPERTY, "\"ListingKey\":\"L1\"",
            Entity.MEDIA, "\"MediaKey\":\"M1\",\"ResourceName\":\"Property\"",
            Entity.ROOMS, "\"RoomKey\":\"R1\"",
            Entity.OPENHOUSE, "\"OpenHouseKey\":\"O1\"",
            Entity.SHEET, "\"property_number\":\"AA1\"");

    /** A line of the table. */
    private record Line(Entity entity, String fields, String column, String outcome) {
        @Override
        public String toString() {
            return entity.wireName() + " " + fields + " becomes " + outcome;
        }
    }

    static Stream<Line> lines() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("<!-- tested -->"), page.indexOf("<!-- end -->"));
        return table.lines().filter(line -> line.startsWith("| ")).skip(2).map(RealValuesTest::line);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void becomesWhatThePageSays(Line line) {
        byte[] record = ("{" + KEYS.get(line.entity()) + "," + line.fields() + "}").getBytes(StandardCharsets.UTF_8);

        TrialMapping.Result result = new TrialMapping(Mapping.standard()).map(line.entity(), record, "L1");

        String outcome = result.fold(
                mapped -> "`" + column(mapped, line.column()) + "`"
                        + (mapped.warnings().isEmpty() ? "" : ", warned"),
                leftOut -> leftOut.why() == Admission.DELETED ? "deleted" : "filtered",
                refused -> refused.column().equals(line.column()) ? "refused" : "refused for " + refused.column());
        assertThat(outcome).isEqualTo(line.outcome());
    }

    private static Line line(String text) {
        String[] cells = text.strip().replaceAll("^\\| | \\|$", "").split(" \\| ");
        String outcome = cells[3].strip();
        return new Line(
                Entity.of(cells[0].strip()).orElseThrow(),
                cells[1].strip().replaceAll("^`|`$", ""),
                cells[2].strip().equals(NOTHING) ? "" : cells[2].strip(),
                outcome.startsWith("`") ? normal(outcome) : outcome);
    }

    /** JSON texts may be written with or without escapes. */
    private static String normal(String outcome) {
        int end = outcome.lastIndexOf('`');
        try {
            return "`" + Json.MAPPER.readTree(outcome.substring(1, end)) + outcome.substring(end);
        } catch (IOException e) {
            throw new UncheckedIOException(outcome + " is not JSON between backticks", e);
        }
    }

    private static JsonNode column(TrialMapping.Mapped mapped, String column) {
        try {
            return Json.MAPPER.readTree(mapped.rows().get(0).json()).path(column);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
