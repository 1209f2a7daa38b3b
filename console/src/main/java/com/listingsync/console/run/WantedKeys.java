package com.listingsync.console.run;

import com.listingsync.common.setting.SettingsException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The listing keys and property numbers that somebody types. Pure. */
public final class WantedKeys {

    /** At 25 a request these are 40 requests for each feed; who wants more wants a whole pass. */
    static final int MOST = 1_000;

    private static final int LONGEST = 255;

    private WantedKeys() {}

    /**
     * The keys without blanks around them and without repetitions, in their order.
     *
     * @throws SettingsException when one is none, or there are too many
     */
    public static List<String> of(List<String> typed) {
        Set<String> keys = new LinkedHashSet<>();
        for (String each : typed) {
            String key = each.strip();
            if (key.isEmpty() || key.length() > LONGEST || key.chars().anyMatch(Character::isISOControl)) {
                throw new SettingsException("--keys: expected listing keys or property numbers of 1 to " + LONGEST
                        + " characters, separated by commas, such as AA13226,AA4885; found "
                        + (key.isEmpty() ? "an empty one" : "one that is none"));
            }
            keys.add(key);
        }
        if (keys.size() > MOST) {
            throw new SettingsException("--keys: expected at most " + MOST + " keys, found " + keys.size()
                    + "; leave --keys out to read all");
        }
        return List.copyOf(keys);
    }
}
