package com.listingsync.producer.connection;

import com.listingsync.common.connection.Section;
import com.listingsync.common.event.View;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one entry of {@code connections}. Confined to one thread. */
final class ConnectionSection {

    static final String MLS = "mls";
    static final String GOOGLE_SHEETS = "google-sheets";
    private static final int MAX_RATE = 1_000_000;
    private static final int DEFAULT_CONCURRENCY = 4;
    private static final Map<String, View> VIEWS =
            Map.of(View.IDX.wireName(), View.IDX, View.VOW.wireName(), View.VOW, View.NONE.wireName(), View.NONE);

    private final Section section;
    private final Path folder;
    private final String name;

    ConnectionSection(Section section, Path folder) {
        this.section = section;
        this.folder = folder;
        this.name = section.text("name");
    }

    String name() {
        return name;
    }

    /** The connection; empty when it is so wrong that nothing can be made of it, with the problems noted. */
    Optional<Connection> read() {
        String owner = section.maybeText("owner").orElse("");
        View view = section.oneOf("view", VIEWS).orElse(View.NONE);
        Optional<String> kind = section.oneOf("kind", Map.of(MLS, MLS, GOOGLE_SHEETS, GOOGLE_SHEETS));
        if (kind.isEmpty()) {
            if (!section.has("kind")) {
                section.problem("kind", "is missing: expected mls or google-sheets");
            }
            return Optional.empty();
        }
        boolean mls = kind.get().equals(MLS);
        Optional<Profile> profile = mls ? section.oneOf("profile", Profile.byName()) : Optional.empty();
        if (mls && !section.has("profile")) {
            section.problem(
                    "profile",
                    "is missing: expected one of "
                            + String.join(", ", Profile.byName().keySet()));
        }
        if (!mls) {
            section.oneOf("profile", Map.of(GOOGLE_SHEETS, GOOGLE_SHEETS));
        }
        Limits limits = limits(section.section("limits"), profile);
        Source source = mls
                ? new MlsSection(section, profile.orElse(Profile.RESO), limits).read()
                : new SpreadsheetSection(section, folder, name).read();
        section.refuseUnknownKeys();
        return connection(owner, view, limits, source);
    }

    private Optional<Connection> connection(String owner, View view, Limits limits, Source source) {
        try {
            return Optional.of(new Connection(name, owner, view, limits, source));
        } catch (IllegalArgumentException e) {
            // A name, which is no secret; its message says what one looks like.
            section.problem("name", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Limits limits(Section limits, Optional<Profile> profile) {
        Limits read = new Limits(
                rate(limits, "per_second", profile.map(Profile::perSecond)),
                rate(limits, "per_minute", profile.map(Profile::perMinute)),
                rate(limits, "per_hour", profile.map(Profile::perHour)),
                rate(limits, "per_day", profile.map(Profile::perDay)),
                limits.maybeNumber("concurrency", 1, 64).orElse(DEFAULT_CONCURRENCY));
        limits.refuseUnknownKeys();
        return read;
    }

    /** The polling of a feed, or of the feeds that are read together. */
    static Polling polling(Section section, Duration usual) {
        Duration longest = aboveZero(section, "interval", usual);
        Duration busy = longest.compareTo(Polling.BUSY) < 0 ? longest : Polling.BUSY;
        Duration shortest = aboveZero(section, "min_interval", busy);
        if (shortest.compareTo(longest) > 0) {
            section.problem("min_interval", "expected at most the interval");
            shortest = longest;
        }
        return new Polling(longest, shortest);
    }

    private static Duration aboveZero(Section section, String key, Duration fallback) {
        Duration read = section.duration(key, fallback);
        if (read.isZero()) {
            section.problem(key, "expected more than zero");
            return fallback;
        }
        return read;
    }

    private static OptionalInt rate(Section limits, String key, Optional<OptionalInt> fallback) {
        return limits.has(key) ? limits.maybeNumber(key, 1, MAX_RATE) : fallback.orElse(OptionalInt.empty());
    }
}
