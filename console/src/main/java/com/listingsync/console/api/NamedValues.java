package com.listingsync.console.api;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Texts {@code NAME=VALUE} of a call, whose form the API's document demands. Stateless. */
final class NamedValues {

    private NamedValues() {}

    /** The values by name; of two of one name the later, and a value may have a {@code =} of its own. */
    static Map<String, String> of(Collection<String> texts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            values.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return values;
    }
}
