package com.listingsync.sink.benchmark;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CPU seconds of everything that takes part in a benchmark on this machine. Immutable.
 *
 * @param contender the process that is measured
 * @param here broker and stand-in, which run in this one
 * @param postgres all processes of the database
 */
record MachineTimes(ThreadTimes contender, ThreadTimes here, ThreadTimes postgres) {

    private static final String POSTMASTER = "select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::int";

    static MachineTimes of(Process contender, Destination destination) {
        return new MachineTimes(
                ThreadTimes.of(contender.toHandle()), ThreadTimes.of(ProcessHandle.current()), ofPostgres((long)
                        destination.number(POSTMASTER)));
    }

    MachineTimes minus(MachineTimes earlier) {
        return new MachineTimes(
                contender.minus(earlier.contender), here.minus(earlier.here), postgres.minus(earlier.postgres));
    }

    /** Microseconds per row. */
    String perRow(long rows) {
        Map<String, ThreadTimes> parts = new LinkedHashMap<>();
        parts.put("itself", contender);
        parts.put("broker and stand-in", here);
        parts.put("PostgreSQL", postgres);
        return parts.entrySet().stream()
                .map(part -> String.format(
                        Locale.ROOT,
                        "%s %.1f (%s)",
                        part.getKey(),
                        part.getValue().total() * 1e6 / rows,
                        part.getValue().perRow(rows)))
                .collect(Collectors.joining("; "));
    }

    /** The postmaster, its children, and those it has buried; a remote database has none here. */
    private static ThreadTimes ofPostgres(long postmaster) {
        Map<String, Double> seconds = new TreeMap<>();
        ProcessHandle.of(postmaster).ifPresent(parent -> {
            seconds.put("ended", ThreadTimes.ofEndedChildren(parent));
            Stream.concat(Stream.of(parent), parent.children())
                    .map(ThreadTimes::of)
                    .forEach(times -> times.seconds().forEach((name, time) -> seconds.merge(name, time, Double::sum)));
        });
        return new ThreadTimes(seconds);
    }
}
