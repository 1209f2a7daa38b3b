package com.listingsync.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.health.EndpointSettings;
import com.listingsync.common.health.Health;
import com.listingsync.common.health.ServiceEndpoint;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.setting.SettingsInForce;
import com.listingsync.common.wire.Json;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that runs several times, behind one name or at several addresses. */
class InstancesTest {

    private final List<Running> running = new ArrayList<>();
    private Running first;
    private Running second;

    /** A service of these tests. */
    private record Running(Health health, Meters meters, ServiceEndpoint endpoint) {

        static Running at(String address, int port) {
            Health health = new Health();
            Meters meters = new Meters();
            SettingsInForce settings = SettingsInForce.of(
                            KafkaSettings.class,
                            Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "KAFKA_SASL_JAAS_CONFIG", "planted-secret"))
                    .reading(List.of("board"));
            ServiceEndpoint endpoint =
                    new ServiceEndpoint("sink", new EndpointSettings(address, port), settings, health, meters);
            endpoint.start();
            return new Running(health, meters, endpoint);
        }

        void wrote(long rows) {
            meters.counter(Meter.SINK_ROWS, "properties", "written").increment(rows);
        }
    }

    @BeforeEach
    void start() {
        first = Running.at("127.0.0.1", 0);
        second = Running.at("127.0.0.2", first.endpoint().uri().getPort());
        running.addAll(List.of(first, second));
    }

    @AfterEach
    void stop() {
        running.forEach(each -> {
            each.endpoint().close();
            each.meters().close();
        });
    }

    @Test
    void findsAnInstanceAtEachAddressOfAName() {
        assertThat(instances("sink=http://sink:" + port()).now())
                .extracting(Instance::name)
                .containsExactly("sink@127.0.0.1:" + port(), "sink@127.0.0.2:" + port());
    }

    @Test
    void findsTheInstancesOfAListOfAddresses() {
        assertThat(instances("sink=http://127.0.0.1:" + port() + ",http://127.0.0.2:" + port() + ",producer=http://p:1")
                        .now())
                .extracting(Instance::service, Instance::name)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("sink", "sink@127.0.0.1:" + port()),
                        org.assertj.core.groups.Tuple.tuple("sink", "sink@127.0.0.2:" + port()),
                        org.assertj.core.groups.Tuple.tuple("producer", "producer"));
    }

    @Test
    void callsAnInstanceByItsServiceWhenThereIsNoOther() {
        assertThat(instances("sink=http://localhost:1").now())
                .extracting(Instance::name)
                .containsExactly("sink");
    }

    @Test
    void asksANameWithoutAnAddressByItsName() {
        assertThat(views(instances("sink=http://nowhere.invalid:1")))
                .singleElement()
                .satisfies(view ->
                        assertThat(view.problems()).containsExactly("does not answer at http://nowhere.invalid:1"));
    }

    @Test
    void addsUpWhatAllHaveWrittenAndNamesTheOneThatIsNotWell() {
        Instances both = instances("sink=http://sink:" + port());
        first.wrote(100);
        second.wrote(1_000);
        LiveView before = view(10_000, both, null);
        first.wrote(40);
        second.wrote(60);
        second.health().readyWhen("supabase", () -> Optional.of("refuses the key"));

        JsonNode view = view(12_000, both, before).json();

        assertThat(view.at("/rates/written").asDouble()).isEqualTo(50);
        assertThat(view.path("services"))
                .extracting(each ->
                        each.path("service").asText() + " " + each.path("state").asText() + " " + each.path("problems"))
                .containsExactly("sink up []", "sink down [\"supabase: refuses the key\"]");
        assertThat(view.at("/services/1/name").asText()).isEqualTo("sink@127.0.0.2:" + port());
    }

    @Test
    void countsOnWhenOneOfThemGoesAndComes() {
        Instances both = instances("sink=http://sink:" + port());
        first.wrote(100);
        second.wrote(1_000);
        LiveView before = view(10_000, both, null);
        first.wrote(40);
        second.endpoint().close();

        LiveView without = view(12_000, both, before);

        assertThat(without.json().at("/rates/written").asDouble()).isEqualTo(20);
        assertThat(without.services()).extracting(ServiceView::isSilent).containsExactly(false, true);

        running.add(Running.at("127.0.0.2", port()));
        first.wrote(10);
        assertThat(view(14_000, both, without).json().at("/rates/written").asDouble())
                .isEqualTo(5);
    }

    @Test
    void readsTheSettingsOfEachWithoutASecretAndSaysWhichDoesNotTellThem() {
        second.endpoint().close();

        JsonNode settings = new ServiceSettingsView(instances("sink=http://sink:" + port())).json();

        assertThat(settings.at("/0/service").asText()).isEqualTo("sink");
        assertThat(settings.at("/0/settings").toString())
                .contains("{\"name\":\"KAFKA_BOOTSTRAP_SERVERS\",\"value\":\"kafka:9092\"}")
                .contains("{\"name\":\"KAFKA_SASL_JAAS_CONFIG\",\"secret\":\"set\"}");
        assertThat(settings.at("/0/connections/0").asText()).isEqualTo("board");
        assertThat(settings.at("/1/problem").asText())
                .isEqualTo("does not say its settings at http://127.0.0.2:" + port());
        assertThat(settings.toString()).doesNotContain("planted-secret");
    }

    private int port() {
        return first.endpoint().uri().getPort();
    }

    private static LiveView view(long at, Instances instances, @org.jspecify.annotations.Nullable LiveView before) {
        return new LiveView(at, views(instances), Json.MAPPER.createArrayNode(), List.of(), Optional.empty(), before);
    }

    private static List<ServiceView> views(Instances instances) {
        return new ServicesWatch(instances, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).look();
    }

    /** Where {@code sink} has two addresses, {@code localhost} one of either kind, and anything else none. */
    private static Instances instances(String setting) {
        return new Instances(ServiceAddresses.parse(setting), host -> switch (host) {
            case "sink" -> new InetAddress[] {address("127.0.0.2"), address("127.0.0.1")};
            case "localhost" -> new InetAddress[] {address("127.0.0.1"), address("::1")};
            case "127.0.0.1", "127.0.0.2" -> new InetAddress[] {address(host)};
            default -> throw new UnknownHostException(host);
        });
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
