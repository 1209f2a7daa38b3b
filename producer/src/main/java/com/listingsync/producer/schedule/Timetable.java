package com.listingsync.producer.schedule;

import com.listingsync.producer.connection.Polling;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * When each lane of a connection is due. Every interval is taken a tenth shorter or longer at random, so that connections
 * that began together do not strike together for ever. Pure but for the dice; confined to the connection's thread.
 */
final class Timetable {

    private static final double JITTER = 0.1;

    /** Two lanes of the same interval that were read together are due within this share of it. */
    private static final double JOINS = 2 * JITTER;

    /** The first passes of connections that start together are spread over this time at most. */
    private static final Duration LONGEST_SPREAD = Duration.ofSeconds(5);

    /** And over this share of an interval, for feeds that are read every few seconds. */
    private static final int SPREAD_SHARE = 10;

    private final Map<String, Pace> paces = new TreeMap<>();
    private final Map<String, Instant> due = new TreeMap<>();
    private final Map<String, Instant> read = new TreeMap<>();
    private final RandomGenerator random;

    /** @param pollings how often each lane is read, by its name */
    Timetable(Map<String, Polling> pollings, RandomGenerator random) {
        pollings.forEach((lane, polling) -> paces.put(lane, Pace.of(polling)));
        this.random = random;
    }

    /** Makes every lane due, all at the same moment some seconds from now; those that were read already at their interval. */
    void begin(Instant now) {
        Duration spread = paces.values().stream()
                .map(pace -> pace.polling().shortest().dividedBy(SPREAD_SHARE))
                .min(Duration::compareTo)
                .filter(share -> share.compareTo(LONGEST_SPREAD) < 0)
                .orElse(LONGEST_SPREAD);
        Instant first = now.plus(scaled(spread, random.nextDouble()));
        paces.forEach((lane, pace) -> {
            Instant before = read.get(lane);
            due.put(lane, before == null ? first : before.plus(pace.untilNext()));
        });
    }

    boolean isRunning() {
        return !due.isEmpty();
    }

    boolean isDue(String lane, Instant now) {
        Instant at = due.get(lane);
        return at != null && !at.isAfter(now);
    }

    /**
     * Whether a lane is due so soon that it may as well be read together with another one that is due: fewer runs tell of the
     * same, and children come with their parents.
     */
    boolean mayJoin(String lane, Instant now) {
        return isDue(lane, now.plus(scaled(pace(lane).untilNext(), JOINS)));
    }

    /** When a lane is due; empty when it never is. */
    Optional<Instant> due(String lane) {
        return Optional.ofNullable(due.get(lane));
    }

    /** When a lane was last read, well or not; empty before. */
    Optional<Instant> read(String lane) {
        return Optional.ofNullable(read.get(lane));
    }

    /** The interval of a lane as it is now. */
    Duration interval(String lane) {
        return pace(lane).untilNext();
    }

    /** Notes that a lane was read, whoever asked for it. */
    void ended(String lane, PassEnd end, Instant now) {
        Pace before = pace(lane);
        Pace after = switch (end) {
            case CHANGES -> before.busy();
            case NOTHING -> before.idle();
            case NO_TELLING -> before.unmoved();
            case TROUBLE -> before.troubled();
        };
        paces.put(lane, after);
        read.put(lane, now);
        if (isRunning()) {
            double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
            due.put(lane, now.plus(scaled(after.untilNext(), factor)));
        }
    }

    /**
     * Brings a lane forward because something that it hangs on has changed: to its shortest interval after its last pass,
     * never later than it is.
     */
    void nudge(String lane, Instant now) {
        Instant at = due.get(lane);
        Pace pace = pace(lane);
        if (at == null || pace.failures() > 0) {
            return;
        }
        Instant soon = read.getOrDefault(lane, now).plus(pace.polling().shortest());
        Instant earliest = soon.isBefore(now) ? now : soon;
        if (earliest.isBefore(at)) {
            due.put(lane, earliest);
        }
    }

    private Pace pace(String lane) {
        Pace pace = paces.get(lane);
        if (pace == null) {
            throw new IllegalArgumentException("there is no lane '" + lane + "'; there are " + paces.keySet());
        }
        return pace;
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
