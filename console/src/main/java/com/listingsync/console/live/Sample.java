package com.listingsync.console.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One value of a meter, as a service's {@code /metrics} shows it. Immutable.
 *
 * @param name such as {@code listings_sink_rows_total}
 * @param tags by name
 * @param value as it was read
 */
public record Sample(String name, Map<String, String> tags, double value) {

    private static final String OURS = "listings_";

    public Sample {
        tags = Map.copyOf(tags);
    }

    /** Our own meters in Prometheus' text, without the buckets of histograms. */
    public static List<Sample> of(String text) {
        List<Sample> samples = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            if (text.startsWith(OURS, from)) {
                String line = text.substring(from, to);
                int space = line.lastIndexOf(' ');
                if (space > 0 && !line.contains("_bucket{")) {
                    samples.add(sample(line.substring(0, space), line.substring(space + 1)));
                }
            }
            from = to + 1;
        }
        return samples;
    }

    String tag(String name) {
        return tags.getOrDefault(name, "");
    }

    private static Sample sample(String head, String number) {
        int brace = head.indexOf('{');
        if (brace < 0) {
            return new Sample(head, Map.of(), number(number));
        }
        return new Sample(head.substring(0, brace), tags(head.substring(brace + 1, head.length() - 1)), number(number));
    }

    private static Map<String, String> tags(String text) {
        Map<String, String> tags = new TreeMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf("=\"", at);
            if (equals < 0) {
                break;
            }
            StringBuilder value = new StringBuilder();
            int i = equals + 2;
            while (i < text.length() && text.charAt(i) != '"') {
                if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                    i++;
                    value.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
                } else {
                    value.append(text.charAt(i));
                }
                i++;
            }
            tags.put(text.substring(at, equals), value.toString());
            at = i + 2;
        }
        return tags;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
