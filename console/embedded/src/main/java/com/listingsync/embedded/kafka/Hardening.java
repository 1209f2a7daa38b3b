package com.listingsync.embedded.kafka;

import java.util.List;
import java.util.Map;

/**
 * What makes a broker demand more of its clients than that they come from this machine.
 *
 * @param properties the broker's, over its usual ones
 * @param formatArguments of the tool that formats its folder
 */
record Hardening(Map<String, String> properties, List<String> formatArguments) {

    /** A broker that takes everybody on this machine. */
    static final Hardening NONE = new Hardening(Map.of(), List.of());

    Hardening {
        properties = Map.copyOf(properties);
        formatArguments = List.copyOf(formatArguments);
    }
}
