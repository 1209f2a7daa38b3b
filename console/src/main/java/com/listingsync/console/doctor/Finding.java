package com.listingsync.console.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param area what it belongs to, such as {@code kafka} or {@code source mls}
 * @param name what was looked at, such as {@code topics}
 * @param level how it is
 * @param words what was found; never a secret
 * @param fix what mends it; empty when nothing need be mended
 */
public record Finding(String area, String name, Level level, String words, String fix) {

    /** How something is. */
    public enum Level {
        /** As it must be. */
        GOOD,
        /** Worth a look; nothing fails because of it. */
        WARNING,
        /** It can't be seen from here; the fix says how to look. */
        UNSEEN,
        /** Wrong. */
        BAD
    }

    public static Finding good(String area, String name, String words) {
        return new Finding(area, name, Level.GOOD, words, "");
    }

    public static Finding warning(String area, String name, String words, String fix) {
        return new Finding(area, name, Level.WARNING, words, fix);
    }

    public static Finding unseen(String area, String name, String words, String fix) {
        return new Finding(area, name, Level.UNSEEN, words, fix);
    }

    public static Finding bad(String area, String name, String words, String fix) {
        return new Finding(area, name, Level.BAD, words, fix);
    }

    /** {@code area, name, level, words, fix}. */
    public ObjectNode json() {
        return Json.MAPPER
                .createObjectNode()
                .put("area", area)
                .put("name", name)
                .put("level", level.name().toLowerCase(Locale.ROOT))
                .put("words", words)
                .put("fix", fix);
    }
}
