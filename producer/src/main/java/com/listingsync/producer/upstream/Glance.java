package com.listingsync.producer.upstream;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer of a source as it came.
 *
 * @param status its HTTP status
 * @param headers by name, in any case
 * @param body its beginning
 */
public record Glance(int status, Map<String, String> headers, String body) {

    public Glance {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = Collections.unmodifiableMap(copy);
    }
}
