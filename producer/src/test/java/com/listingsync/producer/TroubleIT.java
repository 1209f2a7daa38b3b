package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.event.Entity;
import com.listingsync.common.health.Service;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.RecordHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroubleIT {

    @TempDir
    Path folder;

    private final MockWebServer mls = new MockWebServer();
    private Producing producing;

    @BeforeEach
    void start() throws IOException {
        mls.start();
        producing = new Producing(Broker.withTopics(), folder, """
                connections:
                  - name: a
                    kind: mls
                    profile: reso
                    url: %s
                    auth: {token: t}
                    feeds: {property: {}}
                """.formatted(mls.url("/odata")));
    }

    @AfterEach
    void stop() {
        producing.close();
        mls.close();
    }

    @Test
    void setsRecordsThatCanNotBePlacedAsideAndGoesOn() {
        page("{\"value\":[{\"City\":\"no key\",\"ModificationTimestamp\":\"2026-11-22T08:00:00Z\"},"
                + "{\"ListingKey\":\"1\",\"ModificationTimestamp\":\"2026-11-22T08:00:00Z\"},"
                + "{\"ListingKey\":\"2\",\"City\":\"no clock\"}]}");
        page("{\"value\":[]}");
        producing.start();

        RunState run = producing.sync("r1", "a", "property");

        assertThat(producing.emitted(Entity.PROPERTY))
                .extracting(Producing.Emitted::key)
                .containsExactly("1");
        assertThat(Producing.tally(run, "a", "property").counts())
                .containsEntry(Tally.FETCHED, 3L)
                .containsEntry("refused.no-key", 1L)
                .containsEntry("refused.no-timestamp", 1L);
        assertThat(producing.deadLetters()).hasSize(2).anySatisfy(letter -> {
            assertThat(new String(letter.key())).isEqualTo("2/a");
            assertThat(new String(letter.value())).isEqualTo("{\"ListingKey\":\"2\",\"City\":\"no clock\"}");
            assertThat(RecordHeaders.text(letter.headers(), DeadLetter.CODE)).contains("no-timestamp");
            assertThat(RecordHeaders.text(letter.headers(), DeadLetter.RUN)).contains("r1");
        });
    }

    @Test
    void setsARecordAsideWhoseKeyNoTopicAndNoCursorTakes() {
        String key = "k".repeat(600_000);
        String remarks = "r".repeat(600_000);
        page("{\"value\":[{\"ListingKey\":\"1\",\"ModificationTimestamp\":\"2026-11-22T08:00:00Z\"},"
                + "{\"ListingKey\":\"" + key + "\",\"ModificationTimestamp\":\"2026-11-22T08:00:01Z\"}]}");
        page("{\"value\":[{\"ListingKey\":\"2\",\"ModificationTimestamp\":\"2026-11-22T08:00:02Z\"},"
                + "{\"ListingKey\":\"" + key + "\",\"PublicRemarks\":\"" + remarks
                + "\",\"ModificationTimestamp\":\"2026-11-22T08:00:03Z\"}]}");
        page("{\"value\":[]}");
        producing.start();

        RunState run = producing.sync("r1", "a", "property");

        assertThat(producing.emitted(Entity.PROPERTY))
                .extracting(Producing.Emitted::key)
                .containsExactlyInAnyOrder("1", "2");
        assertThat(Producing.tally(run, "a", "property").counts())
                .containsEntry(Tally.FETCHED, 4L)
                .containsEntry("refused.key-too-long", 2L);
        assertThat(producing.deadLetters())
                .hasSize(2)
                .allSatisfy(letter -> assertThat(RecordHeaders.text(letter.headers(), DeadLetter.CODE))
                        .contains("key-too-long"));
    }

    @Test
    void takesBackAPageThatBreaksInItsMiddle() {
        String record = "{\"ListingKey\":\"%d\",\"ModificationTimestamp\":\"2026-11-22T08:00:00Z\",\"R\":\""
                + "x".repeat(2_000) + "\"}";
        StringBuilder page = new StringBuilder("{\"value\":[");
        for (int i = 0; i < 500; i++) {
            page.append(i == 0 ? "" : ",").append(record.formatted(i));
        }
        page(page.toString());
        page(page + "]}");
        page("{\"value\":[]}");
        producing.start();

        RunState run = producing.sync("r1", "a", "property");

        assertThat(producing.emitted(Entity.PROPERTY))
                .hasSize(500)
                .extracting(Producing.Emitted::key)
                .doesNotHaveDuplicates();
        assertThat(run.total().fetched()).isEqualTo(500);
    }

    @Test
    void waitsForKafkaAndSaysSo() throws Exception {
        producing.with("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");

        Service service = producing.start();

        HttpResponse<String> ready = get(service.endpoint().resolve("/health/ready"));
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("Kafka does not answer at 127.0.0.1:1");
        assertThat(get(service.endpoint().resolve("/health/live")).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesTopicsThatContradictTheCatalogue() {
        producing.with("SYNC_TOPIC_PARTITIONS", "5");

        assertThatThrownBy(() -> producing.start())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("expected 5 partitions, found 3");
    }

    @Test
    void countsWhatItDoesForPrometheus() throws Exception {
        page("{\"value\":[{\"ListingKey\":\"1\",\"ModificationTimestamp\":\"2026-11-22T08:00:00Z\"}]}");
        page("{\"value\":[]}");
        Service service = producing.start();
        producing.sync("r1", "a", "property");

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                get(service.endpoint().resolve("/metrics")).body())
                        .contains(
                                "listings_producer_records_total{connection=\"a\",feed=\"property\",outcome=\"emitted\"} 1.0")
                        .contains("listings_circuit_breaker_state{target=\"a\"} 0.0"));
    }

    private void page(String body) {
        mls.enqueue(new MockResponse.Builder().body(body).build());
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
