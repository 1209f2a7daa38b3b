package com.listingsync.console.live;

import com.listingsync.common.setting.SettingsException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the services answer health and metrics. Immutable.
 *
 * @param roots by name, such as {@code producer} or {@code sink-2}
 */
public record ServiceAddresses(Map<String, URI> roots) {

    public ServiceAddresses {
        roots = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(roots));
    }

    /**
     * The addresses in this text, {@code name=http://host:port}, comma-separated; empty for none.
     *
     * @throws SettingsException when one is none
     */
    public static ServiceAddresses parse(String setting, String text) {
        Map<String, URI> roots = new LinkedHashMap<>();
        for (String entry : text.split(",")) {
            String each = entry.strip();
            if (each.isEmpty()) {
                continue;
            }
            int equals = each.indexOf('=');
            if (equals < 1 || !each.substring(equals + 1).matches("https?://[^\\s/?#@]+/?")) {
                throw new SettingsException(
                        setting + ": expected name=http://host:port, comma-separated, such as sink=http://sink:8081");
            }
            roots.put(
                    each.substring(0, equals),
                    URI.create(each.substring(equals + 1).replaceAll("/$", "")));
        }
        return new ServiceAddresses(roots);
    }
}
