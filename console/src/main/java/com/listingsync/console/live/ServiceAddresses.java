package com.listingsync.console.live;

import com.listingsync.common.setting.SettingsException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the services answer health and metrics. Immutable.
 *
 * @param roots by name, such as {@code producer} or {@code sink-2}; one or more each, and behind a host's name there may be several
 *     instances
 */
public record ServiceAddresses(Map<String, List<URI>> roots) {

    /** The setting that names them. */
    public static final String SETTING = "SYNC_CONSOLE_SERVICES";

    private static final Pattern ENTRY = Pattern.compile("(?:([^=\\s]+)=)?(https?://[^\\s/?#@=]+)/?");

    public ServiceAddresses {
        Map<String, List<URI>> copy = new LinkedHashMap<>();
        roots.forEach((name, all) -> copy.put(name, List.copyOf(all)));
        roots = Collections.unmodifiableMap(copy);
    }

    /**
     * The addresses in the setting's text, {@code name=http://host:port}, comma-separated; an address without a name is one more of the name
     * before it. Empty for none.
     *
     * @throws SettingsException when one is none
     */
    public static ServiceAddresses parse(String text) {
        Map<String, List<URI>> roots = new LinkedHashMap<>();
        String name = "";
        for (String entry : text.split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            Matcher each = ENTRY.matcher(entry.strip());
            if (!each.matches() || each.group(1) == null && name.isEmpty()) {
                throw new SettingsException(SETTING + ": expected name=http://host:port, comma-separated, such as"
                        + " producer=http://producer:8081,sink=http://sink-a:8081,http://sink-b:8081");
            }
            name = each.group(1) == null ? name : each.group(1);
            roots.computeIfAbsent(name, any -> new ArrayList<>()).add(URI.create(each.group(2)));
        }
        return new ServiceAddresses(roots);
    }
}
