package com.listingsync.producer.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.producer.secret.MasterKey;
import com.listingsync.producer.secret.MasterKeySettings;
import com.listingsync.producer.secret.SecretPlace;
import com.listingsync.producer.secret.UnsealException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of a connections file stand for: {@code ${NAME}} references are looked up, sealed values opened. The master
 * key is asked for when the first sealed value comes. Confined to one thread.
 */
final class Values {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern IN_CONNECTION = Pattern.compile("connections\\[(\\d+)]\\.(.+)");
    private static final String UNKNOWN = "unknown";

    private final JsonNode file;
    private final Map<String, String> environment;
    private @Nullable MasterKey masterKey;
    private boolean keyMissing;

    Values(JsonNode file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /**
     * What a text stands for; after a problem, some text that nobody uses.
     *
     * @param where its place as problems name it
     * @param problems takes each problem, a sentence without the value
     */
    String of(String where, String text, Consumer<String> problems) {
        String referred = REFERENCE.matcher(text).replaceAll(match -> {
            String value = environment.getOrDefault(match.group(1), "");
            if (value.isBlank()) {
                problems.accept(where + ": the environment variable " + match.group(1) + " is not set");
                return UNKNOWN;
            }
            return Matcher.quoteReplacement(value);
        });
        return MasterKey.isSealed(referred) ? opened(where, referred, problems) : referred;
    }

    private String opened(String where, String sealed, Consumer<String> problems) {
        Optional<MasterKey> key = key(problems);
        if (key.isEmpty()) {
            return UNKNOWN;
        }
        Matcher place = IN_CONNECTION.matcher(where);
        String connection = place.matches()
                ? file.path("connections")
                        .path(Integer.parseInt(place.group(1)))
                        .path("name")
                        .asText()
                : "";
        if (connection.isBlank()) {
            problems.accept(where + ": only values of a connection with a name can be sealed");
            return UNKNOWN;
        }
        try {
            return key.get().open(sealed, new SecretPlace(connection, place.group(2))).reveal();
        } catch (UnsealException e) {
            // The file is refused, with this beside whatever else is wrong with it.
            problems.accept(where + ": " + e.words());
            return UNKNOWN;
        }
    }

    /** The master key; its own problem is noted once, however many values are sealed. */
    private Optional<MasterKey> key(Consumer<String> problems) {
        if (masterKey == null && !keyMissing) {
            try {
                masterKey = MasterKeySettings.current(environment);
            } catch (SettingsException e) {
                // Nothing sealed can be opened; the one sentence says why.
                keyMissing = true;
                e.problems().forEach(problems);
            }
        }
        return Optional.ofNullable(masterKey);
    }
}
