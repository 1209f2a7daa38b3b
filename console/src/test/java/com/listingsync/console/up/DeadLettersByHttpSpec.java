package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Dead letters over HTTP, from the refused record to the row that it becomes. */
abstract class DeadLettersByHttpSpec {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RunningSample sample;
    private final ApiCalls api;
    private final Tables tables;

    DeadLettersByHttpSpec(RunningSample sample) {
        this.sample = sample;
        this.api = new ApiCalls(sample);
        this.tables = sample.tables();
    }

    @Test
    void healsARefusedRecordByAPatchThatIsReplayed() {
        BadRecords.write(sample.kafka(), "HTTP-1");
        JsonNode letter = await().atMost(PATIENCE)
                .until(() -> api.get("/api/dead-letters?key=HTTP-1&state=open").at("/items/0"), JsonNode::isObject);
        String code = letter.path("code").asText();

        JsonNode shown = api.get("/api/dead-letters/" + letter.path("id").asText());
        JsonNode stats = api.get("/api/dead-letters/stats?key=HTTP-1");
        JsonNode explained = api.get("/api/dead-letters/explain?code=" + code);
        JsonNode tried = api.post(
                200,
                "/api/dead-letters/replay",
                "{\"key\":[\"HTTP-1\"],\"patch\":{\"ListPrice\":1250000},\"dryRun\":true}");
        JsonNode replayed = api.post(
                200,
                "/api/dead-letters/replay",
                "{\"ids\":[\"" + letter.path("id").asText()
                        + "\"],\"patch\":{\"ListPrice\":1250000},\"why\":\"asked\"}");

        assertThat(code).isEqualTo("bad-value");
        assertThat(shown.at("/value/ListPrice").asText()).isEqualTo("ask");
        assertThat(shown.at("/explanation/fix").asText()).isNotBlank();
        assertThat(stats.at("/states/open").asInt()).isEqualTo(1);
        assertThat(explained.at("/items/0/meaning").asText()).startsWith("A value does not fit");
        assertThat(tried.path("dryRun").asBoolean()).isTrue();
        assertThat(replayed.path("replayed").asInt()).isEqualTo(1);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(tables.row("select list_price from properties where listing_key = 'HTTP-1'"))
                                .containsEntry("list_price", "1250000"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.get("/api/dead-letters?key=HTTP-1")
                                .at("/items/0/state")
                                .asText())
                        .isEqualTo("resolved"));
    }

    @Test
    void discardsALetterWithAReasonThatStaysOnTheAuditTrail() {
        BadRecords.write(sample.kafka(), "HTTP-2");
        await().atMost(PATIENCE)
                .until(() -> api.get("/api/dead-letters?key=HTTP-2&state=open")
                                .path("items")
                                .size()
                        == 1);

        JsonNode done = api.post(200, "/api/dead-letters/discard", "{\"key\":[\"HTTP-2\"],\"why\":\"a trial\"}");

        assertThat(done.path("discarded").asInt()).isEqualTo(1);
        assertThat(api.get("/api/dead-letters?key=HTTP-2&state=open").path("items"))
                .isEmpty();
        assertThat(api.get("/api/audit?limit=50").path("items")).anySatisfy(entry -> {
            assertThat(entry.path("action").asText()).isEqualTo("dlq discard");
            assertThat(entry.path("who").asText()).isEqualTo("api:local");
            assertThat(entry.path("why").asText()).isEqualTo("a trial");
        });
    }

    @Test
    void exportsDeadLettersWholeAndByTime() {
        BadRecords.write(sample.kafka(), "HTTP-3");
        JsonNode letter = await().atMost(PATIENCE)
                .until(
                        () -> api.get("/api/dead-letters/export?key=HTTP-3&from=1h")
                                .at("/items/0"),
                        JsonNode::isObject);

        assertThat(new String(
                        Base64.getDecoder().decode(letter.path("valueBase64").asText()), StandardCharsets.UTF_8))
                .contains("HTTP-3");
        assertThat(api.get("/api/dead-letters?key=HTTP-3&to=1h").path("items")).isEmpty();
        assertThat(api.get("/api/dead-letters?key=HTTP-3&header=nothing%3Dhere").path("items"))
                .isEmpty();
        assertThat(api.call("GET", "/api/dead-letters?from=17", "").body()).contains("from: expected a time such as");
    }
}
