package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.wire.Json;
import com.listingsync.console.reference.ServiceSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Prometheus, its alerts and the dashboard speak of what the services measure, and every alert leads to its page. */
class MonitoringTest {

    private static final Path TOP = Path.of("..");
    private static final Path MONITORING = TOP.resolve("docker").resolve("monitoring");
    private static final Pattern METRIC = Pattern.compile("\\b(?:listings|jvm|process|kafka)_[a-z_]+");
    private static final Pattern MATCHERS = Pattern.compile("\\b(listings_[a-z_]+)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)\\s*(?:=~|!~|!=|=)");

    /** What Prometheus adds, and what a histogram has. */
    private static final Set<String> LABELS_OF_ALL = Set.of("job", "instance", "le");

    private static Set<String> served = Set.of();

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "alerts.test.yml", "grafana/dashboards/listing-sync.json"})
    void namesOnlyMetersThatThereAre(String file) throws IOException {
        Set<String> named = METRIC.matcher(Files.readString(MONITORING.resolve(file)))
                .results()
                .map(result -> result.group())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(10).isSubsetOf(served());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "alerts.test.yml", "grafana/dashboards/listing-sync.json"})
    void asksMetersForTagsThatTheyHave(String file) throws IOException {
        MATCHERS.matcher(Files.readString(MONITORING.resolve(file)))
                .results()
                .forEach(asked -> assertThat(LABEL.matcher(asked.group(2)).results())
                        .as(asked.group())
                        .allSatisfy(label -> assertThat(label.group(1))
                                .matches(name -> LABELS_OF_ALL.contains(name)
                                        || meter(asked.group(1)).tags().contains(name))));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void leadsFromEachAlertToItsSection(JsonNode alert) throws IOException {
        String name = alert.path("alert").asText();

        List<String> sections = Files.readAllLines(TOP.resolve("docs/alerts.md"));

        assertThat(sections).contains("## " + name);
        assertThat(alert.path("annotations").path("runbook").asText())
                .isEqualTo("docs/alerts.md#" + name.toLowerCase(java.util.Locale.ROOT));
        assertThat(alert.path("labels").path("severity").asText()).isIn("page", "ticket");
    }

    @Test
    void keepsASectionForAlertsOnly() throws IOException {
        Set<String> alerts =
                alerts().map(alert -> alert.path("alert").asText()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(Files.readAllLines(TOP.resolve("docs/alerts.md")).stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3)))
                .containsExactlyInAnyOrderElementsOf(alerts);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void triesEachAlertWhenItFiresAndWhenItIsSilent(JsonNode alert) throws IOException {
        List<JsonNode> trials = new ArrayList<>();
        read("alerts.test.yml")
                .path("tests")
                .forEach(test -> test.path("alert_rule_test").forEach(trial -> {
                    if (trial.path("alertname").equals(alert.path("alert"))) {
                        trials.add(trial);
                    }
                }));

        assertThat(trials).anyMatch(trial -> trial.path("exp_alerts").size() > 0);
        assertThat(trials).anyMatch(trial -> trial.path("exp_alerts").isEmpty());
    }

    @Test
    void firesAsItsTrialsSay() throws IOException, InterruptedException {
        assumePromtool();

        assertThat(promtool("check", "config", "prometheus.yml")).contains("SUCCESS");
        assertThat(promtool("test", "rules", "alerts.test.yml")).contains("SUCCESS");
    }

    @Test
    void asksEveryServiceWhereTheComposeFileHasIt() throws IOException {
        JsonNode compose = read("../../docker-compose.yml");
        int port = compose.path("x-environment").path("SYNC_HTTP_PORT").asInt();
        List<String> asked = new ArrayList<>();

        read("prometheus.yml").path("scrape_configs").forEach(job -> {
            JsonNode found = job.path("dns_sd_configs").path(0);
            assertThat(found.path("port").asInt()).isEqualTo(port);
            assertThat(found.path("names").path(0)).isEqualTo(job.path("job_name"));
            asked.add(job.path("job_name").asText());
        });

        assertThat(asked).containsExactlyElementsOf(ServiceSettings.ALL.keySet());
    }

    @Test
    void givesTheDashboardItsDataSource() throws IOException {
        JsonNode source = read("grafana/provisioning/datasources/prometheus.yml")
                .path("datasources")
                .path(0);

        JsonNode dashboard = Json.MAPPER.readTree(
                MONITORING.resolve("grafana/dashboards/listing-sync.json").toFile());

        assertThat(dashboard.findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(used -> assertThat(used.path("uid")).isEqualTo(source.path("uid")));
        assertThat(dashboard.findValuesAsText("id")).doesNotHaveDuplicates();
    }

    private static Stream<JsonNode> alerts() throws IOException {
        return StreamSupport.stream(read("alerts.yml").path("groups").spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false));
    }

    /** Every name at {@code /metrics}: the declared ones, and what a service's own registry says of the machine. */
    private static synchronized Set<String> served() {
        if (!served.isEmpty()) {
            return served;
        }
        Set<String> names = new TreeSet<>();
        for (Meter meter : Meter.values()) {
            names.addAll(series(meter));
        }
        try (Meters meters = new Meters()) {
            // The meter of pauses is there once there was one.
            System.gc();
            await().untilAsserted(() -> assertThat(meters.scrape()).contains("jvm_gc_pause"));
            meters.scrape()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.split(" ")[2])
                    .forEach(name -> names.addAll(List.of(name, name + "_count", name + "_sum", name + "_max")));
        }
        served = names;
        return names;
    }

    private static Set<String> series(Meter meter) {
        String name = meter.prometheusName();
        return switch (meter.kind()) {
            case COUNTER, GAUGE -> Set.of(name);
            case SUMMARY -> Set.of(name + "_count", name + "_sum", name + "_max");
            case TIMER -> Set.of(name + "_count", name + "_sum", name + "_max", name + "_bucket");
        };
    }

    private static Meter meter(String series) {
        return Stream.of(Meter.values())
                .filter(meter -> series(meter).contains(series))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no meter has the series " + series));
    }

    private static JsonNode read(String file) throws IOException {
        return Json.MAPPER.valueToTree(new Yaml().load(Files.readString(MONITORING.resolve(file))));
    }

    private static void assumePromtool() throws InterruptedException {
        try {
            run("promtool", "--version");
        } catch (IOException e) {
            Assumptions.abort("promtool is not installed; Debian has it in its package prometheus");
        }
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "promtool";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return run(command);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(MONITORING.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
