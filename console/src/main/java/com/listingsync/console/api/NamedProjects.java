package com.listingsync.console.api;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.replay.ReplayTarget;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The other Supabase projects that calls may name. No address and no key ever comes by HTTP: whoever has an operator's key could
 * otherwise make the console ask any address that it reaches, or send a key of its own there. Immutable.
 *
 * @param byName how each is entered
 */
public record NamedProjects(Map<String, ReplayTarget> byName) {

    /** The setting that names them. */
    public static final String SETTING = "SYNC_CONSOLE_PROJECTS";

    private static final Pattern ONE =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]{0,62})=([A-Za-z_][A-Za-z0-9_]*)@(\\S+)");
    private static final String USUAL_PATH = "/rest/v1";

    public NamedProjects {
        byName = Map.copyOf(byName);
    }

    /**
     * The projects of the setting.
     *
     * @param text {@code NAME=KEY@URL}, separated by commas; blank for none
     * @throws SettingsException when one is none
     */
    public static NamedProjects parse(String text) {
        Map<String, ReplayTarget> projects = new TreeMap<>();
        int number = 0;
        for (String each : text.isBlank() ? new String[0] : text.split(",")) {
            number++;
            Matcher one = ONE.matcher(each.strip());
            if (!one.matches()) {
                throw wrong(number, "expected NAME=KEY@URL, such as copy=COPY_KEY@https://copy.supabase.co");
            }
            if (projects.put(one.group(1), target(number, one.group(2), one.group(3))) != null) {
                throw wrong(number, "there are two of its name");
            }
        }
        return new NamedProjects(projects);
    }

    /**
     * The project of this name.
     *
     * @throws SettingsException when there is none
     */
    ReplayTarget project(String name) {
        ReplayTarget target = byName.get(name);
        if (target == null) {
            throw new SettingsException("--target: there is no project '" + name + "'; "
                    + (byName.isEmpty()
                            ? SETTING + " names none"
                            : "there are " + String.join(", ", new TreeMap<>(byName).keySet())));
        }
        return target;
    }

    /** Whether it is one of these, entered by the same key. */
    boolean has(ReplayTarget target) {
        return byName.containsValue(target);
    }

    private static ReplayTarget target(int number, String key, String address) {
        try {
            URI uri = new URI(address);
            String path = uri.getPath() == null || uri.getPath().isEmpty() ? USUAL_PATH : uri.getPath();
            return new ReplayTarget(uri.getScheme() + "://" + uri.getRawAuthority(), path, key);
        } catch (URISyntaxException e) {
            // Said without the text, which may hold what is nobody's business.
            throw wrong(number, "expected an address such as https://copy.supabase.co after the @");
        } catch (SettingsException e) {
            throw wrong(number, String.join("; ", e.problems()).replace("--target: ", ""));
        }
    }

    private static SettingsException wrong(int number, String what) {
        return new SettingsException(SETTING + ": project number " + number + ": " + what);
    }
}
