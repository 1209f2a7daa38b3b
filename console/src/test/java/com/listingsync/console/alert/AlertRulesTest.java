package com.listingsync.console.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.alert.AlertBook.Holding;
import com.listingsync.console.live.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** The rules of Prometheus, followed here: the same trials that promtool makes of them, with the same outcomes. */
class AlertRulesTest {

    private static final Path MONITORING = Path.of("..", "docker", "monitoring");
    private static final Pattern SERIES = Pattern.compile("(\\w+)(?:\\{(.*)})?");
    private static final Pattern STEPS = Pattern.compile("(_|-?[\\d.]+)(?:([+-][\\d.]+))?(?:x(\\d+))?");
    private static final long EVALUATED_EVERY = 15_000;

    @TestFactory
    Stream<DynamicTest> firesAsTheTrialsOfPromtoolSay() throws IOException {
        return trials().flatMap(trial -> list(trial.path("alert_rule_test"))
                .map(expected -> DynamicTest.dynamicTest(
                        expected.path("alertname").asText() + " at "
                                + expected.path("eval_time").asText() + ": "
                                + trial.path("name").asText(),
                        () -> check(trial, expected))));
    }

    @Test
    void knowsEveryRuleWithItsWords() throws IOException {
        assertThat(rules())
                .hasSizeGreaterThan(15)
                .allSatisfy(rule -> assertThat(rule.words()).isNotBlank().doesNotContain("\n## "));
    }

    @Test
    void takesWhatWasThereAtTheFirstLookForOld() throws IOException {
        AlertBook book = new AlertBook(rules());
        MeterHistory history = history();
        Sample old = new Sample("listings_dead_letters_total", Map.of("stage", "sink", "code", "23514"), 7);
        history.look(1_000, List.of(old));

        assertThat(holding(book, history, 1_000, "DeadLettersGrowing")).isEmpty();

        history.look(20_000, List.of(new Sample(old.name(), old.tags(), 8)));
        assertThat(holding(book, history, 20_000, "DeadLettersGrowing"))
                .singleElement()
                .satisfies(one -> assertThat(one.summary()).isEqualTo("the sink refuses records: 23514"));
    }

    @Test
    void forgetsAMeterOfAServiceThatDoesNotShowItAnyMore() throws IOException {
        AlertBook book = new AlertBook(rules());
        MeterHistory history = history();
        history.look(0, List.of(new Sample("listings_verify_differences", Map.of("kind", "missing"), 3)));
        assertThat(holding(book, history, 0, "VerifyDifferences")).hasSize(1);

        history.look(2_000, List.of());

        assertThat(holding(book, history, 2_000, "VerifyDifferences")).isEmpty();
    }

    @Test
    void refusesARuleThatItDoesNotUnderstand() {
        assertThatThrownBy(() -> ExpressionText.parse("histogram_quantile(0.9, x)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expression 'histogram_quantile(0.9, x)'");
        assertThatThrownBy(() -> ExpressionText.parse("sum(x[5m] > 1")).hasMessageContaining("expected ')'");
        assertThatThrownBy(() -> ExpressionText.parse("x & y")).hasMessageContaining("'& y' is not understood");
    }

    private static void check(JsonNode trial, JsonNode expected) throws IOException {
        MeterHistory history = history();
        AlertBook book = new AlertBook(rules());
        long step = AlertRule.duration(trial.path("interval").asText()).toMillis();
        long end = list(trial.path("input_series"))
                .mapToLong(each -> values(each.path("values").asText()).size() * step)
                .max()
                .orElse(0);
        long asked = millis(expected.path("eval_time").asText());
        List<Holding> found = List.of();
        for (long now = 0; now <= asked; now += EVALUATED_EVERY) {
            if (now % step == 0 && now <= end) {
                feed(history, trial, now, (int) (now / step));
            }
            found = holding(book, history, now, expected.path("alertname").asText());
        }
        Set<String> summaries = new java.util.TreeSet<>();
        List<Map<String, String>> labels = new ArrayList<>();
        list(expected.path("exp_alerts")).forEach(alert -> {
            summaries.add(alert.at("/exp_annotations/summary").asText());
            Map<String, String> of = new TreeMap<>();
            alert.path("exp_labels")
                    .properties()
                    .forEach(each -> of.put(each.getKey(), each.getValue().asText()));
            of.remove("severity");
            labels.add(of);
        });
        List<Holding> firing = found.stream().filter(Holding::firing).toList();
        assertThat(firing).extracting(Holding::summary).containsExactlyInAnyOrderElementsOf(summaries);
        assertThat(firing).extracting(Holding::labels).containsExactlyInAnyOrderElementsOf(labels);
    }

    private static void feed(MeterHistory history, JsonNode trial, long now, int index) {
        list(trial.path("input_series")).forEach(each -> {
            List<OptionalDouble> values = values(each.path("values").asText());
            if (index < values.size() && values.get(index).isPresent()) {
                Matcher series = SERIES.matcher(each.path("series").asText());
                assertThat(series.matches()).isTrue();
                history.add(
                        now,
                        new Sample(
                                series.group(1),
                                tags(series.group(2)),
                                values.get(index).getAsDouble()));
            }
        });
    }

    private static Map<String, String> tags(String written) {
        Map<String, String> tags = new TreeMap<>();
        if (written != null) {
            Pattern.compile("(\\w+)=\"([^\"]*)\"")
                    .matcher(written)
                    .results()
                    .forEach(tag -> tags.put(tag.group(1), tag.group(2)));
        }
        return tags;
    }

    /** As promtool reads them: {@code 1x4} is five times 1, {@code 0+9x70} grows by 9 seventy times, {@code _} is nothing. */
    private static List<OptionalDouble> values(String written) {
        List<OptionalDouble> values = new ArrayList<>();
        for (String part : written.split(" ")) {
            Matcher steps = STEPS.matcher(part);
            assertThat(steps.matches()).as(part).isTrue();
            int times = steps.group(3) == null ? 0 : Integer.parseInt(steps.group(3));
            boolean nothing = steps.group(1).equals("_");
            for (int i = 0; i <= times - (nothing && times > 0 ? 1 : 0); i++) {
                double by = steps.group(2) == null ? 0 : Double.parseDouble(steps.group(2));
                values.add(
                        nothing
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(Double.parseDouble(steps.group(1)) + i * by));
            }
        }
        return values;
    }

    private static long millis(String compound) {
        return Pattern.compile("\\d+[smhd]")
                .matcher(compound)
                .results()
                .mapToLong(part -> AlertRule.duration(part.group()).toMillis())
                .sum();
    }

    private static List<Holding> holding(AlertBook book, MeterHistory history, long now, String name) {
        return book.at(history, now).entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static MeterHistory history() throws IOException {
        return new MeterHistory(AlertBook.meters(rules()));
    }

    private static List<AlertRule> rules() throws IOException {
        return AlertRule.read(
                Files.readString(MONITORING.resolve("alerts.yml")),
                Files.readString(Path.of("..", "docs", "alerts.md")));
    }

    private static Stream<JsonNode> trials() throws IOException {
        JsonNode file = Json.MAPPER.valueToTree(
                new Yaml().<Object>load(Files.readString(MONITORING.resolve("alerts.test.yml"))));
        return list(file.path("tests"));
    }

    private static Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
