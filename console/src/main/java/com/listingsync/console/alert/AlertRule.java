package com.listingsync.console.alert;

import com.listingsync.common.setting.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One rule of {@code alerts.yml}. Immutable.
 *
 * @param name such as {@code BreakerOpen}
 * @param written its expression as it stands there
 * @param expression the same, read
 * @param lasting how long it must hold before it fires
 * @param severity {@code page} or {@code ticket}
 * @param summary one sentence with places for labels and the value
 * @param words its section of {@code alerts.md} in Markdown, without the heading
 */
record AlertRule(
        String name,
        String written,
        Expression expression,
        Duration lasting,
        String severity,
        String summary,
        String words) {

    private static final Pattern PLACE =
            Pattern.compile("\\{\\{\\s*\\$(labels\\.(\\w+)|value)(?:\\s*\\|\\s*(\\w+))?\\s*}}");

    /**
     * All rules.
     *
     * @param rules the file of rules, YAML
     * @param runbook the page with a section for each, Markdown
     * @throws IllegalArgumentException when one is not understood or has no section
     */
    static List<AlertRule> read(String rules, String runbook) {
        List<AlertRule> all = new ArrayList<>();
        Map<?, ?> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(rules);
        for (Object group : (List<?>) in(file, "groups")) {
            for (Object rule : (List<?>) in((Map<?, ?>) group, "rules")) {
                all.add(of((Map<?, ?>) rule, runbook));
            }
        }
        return List.copyOf(all);
    }

    /** A duration as the rules have it: {@code 15m}. */
    static Duration duration(String text) {
        return DurationText.parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("expected a duration such as 15m, found '" + text + "'"));
    }

    /** The sentence of one alert. */
    String summary(Map<String, String> labels, double value) {
        return PLACE.matcher(summary).replaceAll(place -> {
            String shown = place.group(2) == null
                    ? Humanized.value(value, place.group(3) == null ? "" : place.group(3))
                    : labels.getOrDefault(place.group(2), "");
            return Matcher.quoteReplacement(shown);
        });
    }

    private static AlertRule of(Map<?, ?> rule, String runbook) {
        String name = String.valueOf(in(rule, "alert"));
        String written = String.valueOf(in(rule, "expr"));
        Object lasting = rule.get("for");
        return new AlertRule(
                name,
                written,
                ExpressionText.parse(written),
                lasting == null ? Duration.ZERO : duration(String.valueOf(lasting)),
                String.valueOf(in((Map<?, ?>) in(rule, "labels"), "severity")),
                String.valueOf(in((Map<?, ?>) in(rule, "annotations"), "summary")),
                section(name, runbook));
    }

    private static Object in(Map<?, ?> rule, String name) {
        Object value = rule.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the rules of alerts lack '" + name + "' in " + rule.keySet());
        }
        return value;
    }

    private static String section(String name, String runbook) {
        int heading = runbook.indexOf("\n## " + name + "\n");
        if (heading < 0) {
            throw new IllegalArgumentException("docs/alerts.md has no section '" + name + "'");
        }
        int begin = runbook.indexOf('\n', heading + 1);
        int end = runbook.indexOf("\n## ", begin);
        return runbook.substring(begin, end < 0 ? runbook.length() : end).strip();
    }
}
