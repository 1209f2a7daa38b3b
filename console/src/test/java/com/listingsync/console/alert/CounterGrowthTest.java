package com.listingsync.console.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By how much a counter has grown, held to what Prometheus' own promtool reckons. */
class CounterGrowthTest {

    private static final int STEP_SECONDS = 15;

    /** Between two values, so that it does not matter whether the ends of the time belong to it. */
    private static final List<Integer> ASKED_AT_SECONDS = List.of(127, 187, 307, 367, 412);

    private static final List<Integer> RANGES_SECONDS = List.of(40, 60, 120, 300);

    /** Values 15 s apart; NaN where there is none. */
    private static final List<double[]> COUNTERS = List.of(
            steady(0, 3, 24),
            steady(1_000_000, 7, 24),
            steady(5, 0, 24),
            gap(steady(100, 11, 24), 8, 13),
            gap(steady(1, 3, 24), 0, 10),
            restarted(steady(500, 20, 24), 12, 4),
            gap(restarted(steady(40, 20, 24), 9, 0), 14, 16));

    @Test
    void isWhatPrometheusSays(@TempDir Path folder) throws Exception {
        Path trials = Files.writeString(folder.resolve("growth.yml"), trials());

        Process promtool = promtool(trials);

        String said = new String(promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("SUCCESS");
    }

    @Test
    void isNotKnownOfOneValue() {
        Series counter = new Series();
        counter.add(60_000, 5, 0);

        assertThat(counter.increase(0, 70_000)).isEmpty();
    }

    @Test
    void countsOnAfterARestartThatBeganFromNothing() {
        Series counter = new Series();
        counter.add(15_000, 100, 0);
        counter.add(30_000, 130, 0);
        counter.add(45_000, 5, 0);

        assertThat(counter.increase(14_999, 45_000).orElseThrow())
                .isCloseTo(35, org.assertj.core.api.Assertions.within(0.01));
    }

    private static Process promtool(Path trials) throws IOException {
        try {
            return new ProcessBuilder("promtool", "test", "rules", trials.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Assumptions.abort("promtool is not installed; Debian has it in its package prometheus");
        }
    }

    private static String trials() {
        StringBuilder file = new StringBuilder("tests:\n  - interval: " + STEP_SECONDS + "s\n    input_series:\n");
        for (int i = 0; i < COUNTERS.size(); i++) {
            file.append("      - series: c").append(i).append("\n        values: '");
            file.append(Arrays.stream(COUNTERS.get(i))
                    .mapToObj(CounterGrowthTest::word)
                    .collect(Collectors.joining(" ")));
            file.append("'\n");
        }
        file.append("    promql_expr_test:\n");
        for (int i = 0; i < COUNTERS.size(); i++) {
            for (int asked : ASKED_AT_SECONDS) {
                for (int range : RANGES_SECONDS) {
                    file.append("      - expr: round(increase(c" + i + "[" + range + "s]), 0.001)\n        eval_time: "
                            + asked + "s\n        exp_samples:" + expected(i, asked, range));
                }
            }
        }
        return file.toString();
    }

    private static String expected(int counter, int asked, int range) {
        Series series = new Series();
        double[] values = COUNTERS.get(counter);
        for (int at = 0; at < values.length && at * STEP_SECONDS <= asked; at++) {
            if (!Double.isNaN(values[at])) {
                series.add(at * STEP_SECONDS * 1_000L, values[at], 0);
            }
        }
        OptionalDouble grown = series.increase((asked - range) * 1_000L, asked * 1_000L);
        return grown.isEmpty()
                ? " []\n"
                : "\n          - labels: '{}'\n            value: "
                        + String.format(Locale.ROOT, "%.3f", Math.floor(grown.getAsDouble() * 1_000 + 0.5) / 1_000)
                        + "\n";
    }

    private static String word(double value) {
        return Double.isNaN(value) ? "_" : Long.toString((long) value);
    }

    private static double[] steady(double first, double by, int values) {
        return IntStream.range(0, values).mapToDouble(i -> first + i * by).toArray();
    }

    private static double[] gap(double[] of, int from, int to) {
        return IntStream.range(0, of.length)
                .mapToDouble(i -> i >= from && i < to ? Double.NaN : of[i])
                .toArray();
    }

    private static double[] restarted(double[] of, int at, double first) {
        return IntStream.range(0, of.length)
                .mapToDouble(i -> i < at ? of[i] : first + of[i] - of[at])
                .toArray();
    }
}
