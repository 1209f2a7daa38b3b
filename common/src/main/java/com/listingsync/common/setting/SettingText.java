package com.listingsync.common.setting;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How the text of a setting becomes a value of its type. Pure; failures say what was expected and never what was found. */
final class SettingText {

    private static final Pattern WITHOUT_UNIT = Pattern.compile("\\d+");

    private static final Map<Class<?>, Function<String, Object>> PARSERS = Map.of(
            String.class, text -> text,
            int.class, text -> number(text, Integer::parseInt),
            long.class, text -> number(text, Long::parseLong),
            double.class, text -> number(text, Double::parseDouble),
            boolean.class, SettingText::truth,
            Duration.class, SettingText::duration,
            URI.class, SettingText::httpUri,
            Path.class, Path::of,
            ByteSize.class, ByteSize::parse,
            Secret.class, Secret::new);

    private SettingText() {}

    static Object parse(Class<?> type, String text) {
        if (type.isEnum()) {
            return constant(type, text);
        }
        if (type == List.class) {
            return Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .toList();
        }
        Function<String, Object> parser = PARSERS.get(type);
        if (parser == null) {
            throw new IllegalStateException("no way to read a setting of type " + type.getName());
        }
        return parser.apply(text);
    }

    /** A whole number with ms, s, m, h or d; without a unit, milliseconds (what older configurations hold). */
    static Duration duration(String text) {
        String written = text.strip().toLowerCase(Locale.ROOT);
        return DurationText.parse(WITHOUT_UNIT.matcher(written).matches() ? written + "ms" : written)
                .orElseThrow(() -> new IllegalArgumentException("expected a duration such as 500ms, 30s, 15m or 7d"));
    }

    private static boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        };
    }

    private static URI httpUri(String text) {
        try {
            URI uri = URI.create(text.strip());
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the one message: the text is not repeated, it may hold a password.
        }
        throw new IllegalArgumentException("expected an address such as https://host/path");
    }

    private static Object constant(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(c -> c.toString().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(c -> c.toString().toLowerCase(Locale.ROOT))
                                        .toList())));
    }

    private static <T> T number(String text, Function<String, T> parser) {
        try {
            return parser.apply(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number", e);
        }
    }
}
