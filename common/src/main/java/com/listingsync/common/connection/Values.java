package com.listingsync.common.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.secret.MasterKey;
import com.listingsync.common.secret.MasterKeySettings;
import com.listingsync.common.secret.SecretPlace;
import com.listingsync.common.secret.UnsealException;
import com.listingsync.common.setting.EnvText;
import com.listingsync.common.setting.SettingsException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of a connections file stand for: {@code ${NAME}} references are looked up (in the environment, or in the file
 * that {@code NAME_FILE} names), sealed values opened. The master
 * key is asked for when the first sealed value comes. Confined to one thread.
 */
final class Values {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern IN_ENTRY = Pattern.compile("([a-z]+)\\[(\\d+)]\\.(.+)");
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
            String value;
            try {
                value = EnvText.of(match.group(1), environment);
            } catch (IllegalArgumentException e) {
                // The file is refused, with this beside whatever else is wrong with it.
                problems.accept(where + ": " + e.getMessage());
                return UNKNOWN;
            }
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
        Optional<SecretPlace> place = place(where);
        if (place.isEmpty()) {
            problems.accept(where + ": only values of an entry with a name can be sealed");
            return UNKNOWN;
        }
        try {
            return key.get().open(sealed, place.get()).reveal();
        } catch (UnsealException e) {
            // The file is refused, with this beside whatever else is wrong with it.
            problems.accept(where + ": " + e.words());
            return UNKNOWN;
        }
    }

    private Optional<SecretPlace> place(String where) {
        Matcher matcher = IN_ENTRY.matcher(where);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = file.path(matcher.group(1))
                .path(Integer.parseInt(matcher.group(2)))
                .path("name")
                .asText();
        return Arrays.stream(SecretPlace.Holder.values())
                .filter(holder -> holder.list().equals(matcher.group(1)) && !name.isBlank())
                .map(holder -> new SecretPlace(holder, name, matcher.group(3)))
                .findFirst();
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
