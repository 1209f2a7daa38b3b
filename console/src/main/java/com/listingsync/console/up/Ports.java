package com.listingsync.console.up;

import com.listingsync.common.setting.SettingsException;
import java.util.OptionalInt;

/**
 * Which port each part of an {@code up} listens on: free ones, or consecutive ones from a base, in the order of {@link Part}.
 *
 * @param base the first port; empty for free ones
 */
record Ports(OptionalInt base) {

    /** The parts that listen, in the order of their ports. */
    enum Part {
        CONSOLE,
        KAFKA,
        SUPABASE,
        POSTGRES,
        MLS,
        SHEETS,
        PRODUCER,
        PROCESSOR,
        SINK,
        CONSOLE_HEALTH
    }

    private static final int LAST_PORT = 65_535;

    /**
     * The ports this text asks for: {@code auto}, or the first port.
     *
     * @throws SettingsException when it is neither
     */
    static Ports parse(String text) {
        if (text.equals("auto")) {
            return new Ports(OptionalInt.empty());
        }
        int last = LAST_PORT - Part.values().length + 1;
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > last) {
            throw new SettingsException("--ports: expected 'auto' or a first port from 1 to " + last + ", found '" + text
                    + "'; " + Part.values().length + " ports from there are used");
        }
        return new Ports(OptionalInt.of(Integer.parseInt(text)));
    }

    /** The part's port; 0 for a free one. */
    int of(Part part) {
        return base.isPresent() ? base.getAsInt() + part.ordinal() : 0;
    }
}
