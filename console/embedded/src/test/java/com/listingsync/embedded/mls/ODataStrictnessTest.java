package com.listingsync.embedded.mls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ODataStrictnessTest {
    private static final SampleWorld WORLD = SampleWorld.generate(5, 300, null);
    private static final SampleMls MLS = new SampleMls(WORLD, MlsOptions.defaults()).start();

    private final MlsClient vow = new MlsClient(MLS, MLS.vowToken());
    private final MlsClient idx = new MlsClient(MLS, MLS.idxToken());

    @AfterAll
    static void stop() {
        MLS.close();
        MLS.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            $filter  | ModificationTimestamp gt '2024-01-01T00:00:00Z'
            $filter  | ModificationTimestamp gt 2024-01-01T00:00:00
            $filter  | ModificationTimestamp gt 2024-01-01
            $filter  | ModificationTimestamp gt 2024-13-01T00:00:00Z
            $filter  | NoSuchField eq 1
            $filter  | ListPrice gt 'a lot'
            $filter  | ListPrice gt
            $filter  | StandardStatus eq Active
            $filter  | Heating eq 'Forced Air'
            $select  | ListingKey,NoSuchField
            $orderby | NoSuchField
            $orderby | ListPrice sideways
            $top     | many
            $top     | -1
            $skip    | -1
            $skip    | 100001
            $expand  | Media
            $foo     | bar
            $skiptoken | made-up
            """)
    void refusesWhatAStrictServerRefuses(String parameter, String value) throws IOException {
        try (Response response = vow.call(vow.url("Property", parameter, value))) {
            JsonNode error = MlsClient.json(response).path("error");
            assertThat(response.code()).isEqualTo(400);
            assertThat(error.path("code").asText()).isEqualTo("BadRequest");
            assertThat(error.path("message").asText()).isNotEmpty();
        }
    }

    @Test
    void answersUnknownResourcesAndRowsWith404() throws IOException {
        assertThat(vow.status("Listing")).isEqualTo(404);
        assertThat(vow.status("Property('X1')")).isEqualTo(404);
    }

    @Test
    void knowsVowFieldsOnlyWithTheVowToken() throws IOException {
        assertThat(vow.status("Property", "$filter", "ClosePrice gt 1", "$select", "ClosePrice"))
                .isEqualTo(200);
        assertThat(idx.status("Property", "$filter", "ClosePrice gt 1")).isEqualTo(400);
        assertThat(idx.status("Property", "$select", "ClosePrice")).isEqualTo(400);
        assertThat(idx.get("Property", "$top", "1").at("/value/0").has("ClosePrice"))
                .isFalse();
        assertThat(vow.get("Property", "$top", "1").at("/value/0").has("ClosePrice"))
                .isTrue();
    }

    @Test
    void filtersAsTheRecordsSay() throws IOException {
        check(
                "StandardStatus eq 'Active'",
                row -> row.get("StandardStatus").asText().equals("Active"));
        check(
                "StandardStatus ne 'Active'",
                row -> !row.get("StandardStatus").asText().equals("Active"));
        check("ListPrice ge 900000 and ListPrice lt 1200000", row -> between(row, 900_000, 1_200_000));
        check("not (ListPrice ge 900000) or ListPrice ge 1200000", row -> !between(row, 900_000, 1_200_000));
        check(
                "City in ('Toronto','Ajax')",
                row -> List.of("Toronto", "Ajax").contains(row.get("City").asText()));
        check(
                "contains(PublicRemarks,'kitchen')",
                row -> row.get("PublicRemarks").asText().contains("kitchen"));
        check(
                "startswith(ListingKey,'C')",
                row -> row.get("ListingKey").asText().startsWith("C"));
        check(
                "contains(tolower(StreetName),'queen')",
                row -> row.get("StreetName").asText().equals("Queen"));
        check("ClosePrice eq null", row -> row.get("ClosePrice").isNull());
        check(
                "ClosePrice ne null and CloseDate ge 2000-01-01",
                row -> !row.get("ClosePrice").isNull());
        check("FireplaceYN eq true", row -> row.get("FireplaceYN").asBoolean());
        check(
                "StreetName eq 'Heron''s Hill'",
                row -> row.get("StreetName").asText().equals("Heron's Hill"));
    }

    @Test
    void ordersSelectsAndCounts() throws IOException {
        JsonNode page = vow.get(
                "Property",
                "$orderby",
                "ListPrice desc,ListingKey",
                "$select",
                "ListPrice,ListingKey",
                "$top",
                "20",
                "$count",
                "true");

        List<Integer> prices = new ArrayList<>();
        page.get("value").forEach(row -> prices.add(row.get("ListPrice").asInt()));
        assertThat(prices).hasSize(20).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(page.get("@odata.count").asInt()).isEqualTo(300);
        assertThat(page.get("@odata.context").asText()).endsWith("/odata/$metadata#Property(ListPrice,ListingKey)");
        assertThat(page.at("/value/0")).hasSize(2);
    }

    @Test
    void answersOneRowByItsKeyExactlyAsTheWorldHasIt() throws IOException {
        String key = vow.get("Property", "$top", "1").at("/value/0/ListingKey").asText();

        assertThat(vow.get("Property('" + key + "')").toString())
                .isEqualTo(WORLD.record(Resource.PROPERTY, Feed.VOW, key)
                        .orElseThrow()
                        .toString());
    }

    @Test
    void describesItself() throws IOException {
        try (Response response = idx.call(idx.url("$metadata"))) {
            String xml = response.body().string();
            assertThat(response.header("Content-Type")).startsWith("application/xml");
            assertThat(xml)
                    .contains("<EntityType Name=\"OpenHouse\">", "Name=\"ListPrice\" Type=\"Edm.Decimal\"")
                    .contains("Name=\"Heating\" Type=\"Collection(Edm.String)\"")
                    .doesNotContain("ClosePrice");
        }
        assertThat(idx.get("").get("value")).hasSize(5);
    }

    @Test
    void countsRowsAsPlainText() throws IOException {
        try (Response response = vow.call(
                vow.url("Property").newBuilder().addPathSegment("$count").build())) {
            assertThat(response.body().string()).isEqualTo("300");
        }
    }

    private void check(String filter, Predicate<JsonNode> expected) throws IOException {
        List<String> found = keys(
                vow.get("Property", "$filter", filter, "$orderby", "ListingKey").get("value"));

        assertThat(found)
                .as(filter)
                .isNotEmpty()
                .containsExactlyElementsOf(WORLD.records(Resource.PROPERTY, Feed.VOW).stream()
                        .filter(expected)
                        .map(row -> row.get("ListingKey").asText())
                        .sorted()
                        .toList());
    }

    private static boolean between(JsonNode row, int low, int high) {
        return row.get("ListPrice").asInt() >= low && row.get("ListPrice").asInt() < high;
    }

    private static List<String> keys(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.get("ListingKey").asText())
                .toList();
    }
}
