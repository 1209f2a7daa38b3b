package com.listingsync.embedded.mls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.embedded.world.WorldPlan;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PagingTest {
    private static final SampleWorld WORLD = SampleWorld.generate(6, 400, null);
    private static final SampleMls MLS =
            new SampleMls(WORLD, MlsOptions.defaults().withMaxPageSize(50)).start();

    private final MlsClient vow = new MlsClient(MLS, MLS.vowToken());

    @AfterAll
    static void stop() {
        MLS.close();
    }

    @ParameterizedTest
    @EnumSource(value = Resource.class, mode = EnumSource.Mode.EXCLUDE, names = "EVENTS")
    void givesEveryRowOnceByCompoundCursor(Resource resource) throws IOException {
        assertSame(byCompoundCursor(vow, resource), WORLD.records(resource, Feed.VOW), resource);
    }

    @ParameterizedTest
    @EnumSource(Resource.class)
    void givesEveryRowOnceByNextLink(Resource resource) throws IOException {
        for (Feed feed : Feed.values()) {
            MlsClient client = new MlsClient(MLS, SampleMls.staticToken(feed));
            assertSame(client.follow(client.url(resource.wireName())), WORLD.records(resource, feed), resource);
        }
    }

    @Test
    void losesTiesWhenAClientPagesByTimestampAlone() throws IOException {
        Set<String> seen = new HashSet<>();
        String from = "1970-01-01T00:00:00Z";
        List<JsonNode> page;
        do {
            page = rows(vow.get(
                    "Property", "$filter", "ModificationTimestamp gt " + from, "$orderby", "ModificationTimestamp"));
            for (JsonNode row : page) {
                seen.add(row.get("ListingKey").asText());
                from = row.get("ModificationTimestamp").asText();
            }
        } while (!page.isEmpty());

        assertThat(seen).hasSizeLessThan(400);
    }

    @Test
    void giveFewerRowsThanAskedForWithALinkToTheRest() throws IOException {
        JsonNode page = vow.get("Property", "$top", "120");

        assertThat(page.get("value")).hasSize(50);
        assertThat(vow.follow(vow.url("Property", "$top", "120"))).hasSize(120);
        assertThat(vow.get("Property", "$top", "50").has("@odata.nextLink")).isFalse();
    }

    @Test
    void keepsFilterOrderAndFieldsOverItsLinks() throws IOException {
        List<JsonNode> rows = vow.follow(vow.url(
                "Property",
                "$filter",
                "City eq 'Toronto'",
                "$orderby",
                "ListPrice,ListingKey",
                "$select",
                "ListPrice,City"));

        assertThat(rows).hasSizeGreaterThan(100).allSatisfy(row -> {
            assertThat(row).hasSize(2);
            assertThat(row.get("City").asText()).isEqualTo("Toronto");
        });
        assertThat(rows).extracting(row -> row.get("ListPrice").asInt()).isSorted();
    }

    @Test
    void sweepsKeysInKeyOrder() throws IOException {
        Set<String> seen = new HashSet<>();
        String after = "0";
        List<JsonNode> page;
        do {
            page = rows(vow.get(
                    "Media", "$select", "MediaKey", "$orderby", "MediaKey", "$filter", "MediaKey gt '" + after + "'"));
            for (JsonNode row : page) {
                after = row.get("MediaKey").asText();
                assertThat(seen.add(after)).isTrue();
            }
        } while (!page.isEmpty());

        assertThat(seen).hasSameSizeAs(WORLD.records(Resource.MEDIA, Feed.VOW));
    }

    @Test
    void skipsRowsAcrossPages() throws IOException {
        List<JsonNode> skipped = vow.follow(vow.url("Property", "$skip", "310"));

        assertSame(skipped, WORLD.records(Resource.PROPERTY, Feed.VOW).subList(310, 400), Resource.PROPERTY);
    }

    @Test
    void makesPagesAsSmallAsTheClientPrefers() throws IOException {
        Request request = new Request.Builder()
                .url(vow.url("Property"))
                .header("Authorization", "Bearer " + MLS.vowToken())
                .header("Prefer", "odata.maxpagesize=7")
                .build();

        try (Response response = new okhttp3.OkHttpClient().newCall(request).execute()) {
            assertThat(MlsClient.json(response).get("value")).hasSize(7);
        }
    }

    @Test
    void understandsASpaceThatIsWrittenAsPlus() throws IOException {
        HttpUrl url = HttpUrl.get(vow.url("Property") + "?%24filter=City+eq+%27Toronto%27&$top=1");

        assertThat(vow.get(url).get("value")).hasSize(1);
    }

    @Test
    void losesRowsToACompoundCursorWhenItStoresFinerTimeThanItPrints() throws IOException {
        SampleWorld fine = SampleWorld.generate(WorldPlan.of(6, 400).withTimestampUnit(ChronoUnit.MICROS));
        try (SampleMls mls = new SampleMls(fine, MlsOptions.defaults().withMaxPageSize(50)).start()) {
            MlsClient client = new MlsClient(mls, mls.vowToken());

            Set<String> byCursor = new HashSet<>();
            String from = "1970-01-01T00:00:00Z";
            String key = "0";
            for (int request = 0; request < 40; request++) {
                for (JsonNode row : rows(client.get(
                        "Property",
                        "$filter",
                        compound(Resource.PROPERTY, from, key),
                        "$orderby",
                        "ModificationTimestamp,ListingKey"))) {
                    byCursor.add(row.get("ListingKey").asText());
                    from = row.get("ModificationTimestamp").asText();
                    key = row.get("ListingKey").asText();
                }
            }

            // It sticks within the second of the first large tie, page after page.
            assertThat(byCursor).hasSizeLessThan(400);
            assertThat(client.follow(client.url("Property"))).hasSize(400);
        }
    }

    private static List<JsonNode> byCompoundCursor(MlsClient client, Resource resource) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        String from = "1970-01-01T00:00:00Z";
        String key = "0";
        List<JsonNode> page;
        do {
            page = rows(client.get(
                    resource.wireName(),
                    "$filter",
                    compound(resource, from, key),
                    "$orderby",
                    resource.clockField() + "," + resource.keyField(),
                    "$top",
                    "50"));
            for (JsonNode row : page) {
                all.add(row);
                from = row.get(resource.clockField()).asText();
                key = row.get(resource.keyField()).asText();
            }
        } while (!page.isEmpty());
        return all;
    }

    private static String compound(Resource resource, String from, String key) {
        String clock = resource.clockField();
        return "((" + clock + " gt " + from + ") or (" + clock + " eq " + from + " and " + resource.keyField() + " gt '"
                + key + "'))";
    }

    private static List<JsonNode> rows(JsonNode page) {
        List<JsonNode> rows = new ArrayList<>();
        page.get("value").forEach(rows::add);
        return rows;
    }

    /** Keys first, so that a failure can be read. */
    private static void assertSame(
            List<? extends JsonNode> found, List<? extends JsonNode> expected, Resource resource) {
        assertThat(keys(found, resource)).containsExactlyElementsOf(keys(expected, resource));
        assertThat(found.equals(expected)).isTrue();
    }

    private static List<String> keys(List<? extends JsonNode> rows, Resource resource) {
        return rows.stream().map(row -> row.get(resource.keyField()).asText()).toList();
    }
}
