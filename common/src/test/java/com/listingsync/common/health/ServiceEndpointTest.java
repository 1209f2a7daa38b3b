package com.listingsync.common.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.setting.SettingsInForce;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service says over HTTP whether it lives, whether it works and what it has counted. */
class ServiceEndpointTest {

    private static final SettingsInForce SETTINGS = SettingsInForce.of(
                    KafkaSettings.class,
                    Map.of(
                            "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                            "KAFKA_SASL_JAAS_CONFIG", "planted-secret",
                            "KAFKA_SSL_KEY_PASSWORD", " "))
            .reading(List.of("board", "sheet"));

    private final Health health = new Health();
    private final Meters meters = new Meters();
    private ServiceEndpoint endpoint;

    @BeforeEach
    void start() {
        endpoint = new ServiceEndpoint("test", new EndpointSettings("127.0.0.1", 0), SETTINGS, health, meters);
        endpoint.start();
    }

    @AfterEach
    void stop() {
        endpoint.close();
        meters.close();
    }

    @Test
    void namesWhatIsNotReady() throws Exception {
        AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.of("no broker answers"));
        health.readyWhen("kafka", problem::get);

        HttpResponse<String> before = get("/health/ready");
        problem.set(Optional.empty());
        HttpResponse<String> after = get("/health/ready");

        assertThat(before.statusCode()).isEqualTo(503);
        assertThat(before.body())
                .isEqualTo("{\"status\":\"down\",\"checks\":[{\"name\":\"kafka\",\"ok\":false,"
                        + "\"problem\":\"no broker answers\"}]}\n");
        assertThat(after.statusCode()).isEqualTo(200);
    }

    @Test
    void staysAliveWhileItIsNotReady() throws Exception {
        health.readyWhen("kafka", () -> Optional.of("no broker answers"));

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void answersDownWhenACheckItselfFails() throws Exception {
        health.readyWhen("broken", () -> {
            throw new IllegalStateException("secret detail");
        });

        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("the check itself failed: IllegalStateException");
    }

    @Test
    void tellsPrometheusWhetherItWorks() throws Exception {
        AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.of("no broker answers"));
        health.readyWhen("kafka", problem::get);

        String before = get("/metrics").body();
        problem.set(Optional.empty());
        String after = get("/metrics").body();

        assertThat(before).contains("listings_service_ready 0.0\n");
        assertThat(after).contains("listings_service_ready 1.0\n");
    }

    @Test
    void printsMetersForPrometheus() throws Exception {
        meters.counter(Meter.DEAD_LETTERS, "sink", "22P02").increment(2);

        assertThat(get("/metrics").body())
                .contains("listings_dead_letters_total{code=\"22P02\",stage=\"sink\"} 2.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void showsTheSettingsInForceAndOfSecretsOnlyWhetherTheyAreSet() throws Exception {
        HttpResponse<String> answer = get("/settings");

        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("""
                {"settings":[{"name":"KAFKA_BOOTSTRAP_SERVERS","value":"kafka:9092"},\
                {"name":"SYNC_TOPIC_PREFIX","value":"listings"},\
                {"name":"SYNC_TOPIC_PARTITIONS","value":"12"},\
                {"name":"SYNC_TOPIC_REPLICATION","value":"-1"},\
                {"name":"KAFKA_SASL_JAAS_CONFIG","secret":"set"}],"connections":["board","sheet"]}
                """);
    }

    @Test
    void refusesAPortThatIsTaken() {
        int taken = endpoint.uri().getPort();

        assertThatThrownBy(() -> new ServiceEndpoint(
                        "second", new EndpointSettings("127.0.0.1", taken), SETTINGS, health, meters))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("second can't listen on 127.0.0.1:" + taken);
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = endpoint.uri().resolve(path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
