package com.listingsync.sink.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * CPU seconds of a process by kind of thread, as Linux tells them ({@code /proc}, proc(5)); empty elsewhere. Immutable.
 *
 * @param seconds by name of the thread, without its number
 */
record ThreadTimes(Map<String, Double> seconds) {

    /** {@code sysconf(_SC_CLK_TCK)}, 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;

    static ThreadTimes of(ProcessHandle process) {
        Map<String, Double> seconds = new TreeMap<>();
        Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        if (Files.isDirectory(tasks)) {
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
                threads.forEach(thread -> add(thread, seconds));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ThreadTimes(seconds);
    }

    /** CPU seconds of the children of a process that have ended. */
    static double ofEndedChildren(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return seconds(stat, USER_TIME + 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double total() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    ThreadTimes minus(ThreadTimes earlier) {
        Map<String, Double> rest = new TreeMap<>();
        seconds.forEach((name, time) -> rest.put(name, time - earlier.seconds.getOrDefault(name, 0.0)));
        return new ThreadTimes(rest);
    }

    /** Microseconds per row, the largest first; what is under a tenth of one is left out. */
    String perRow(long rows) {
        return seconds.entrySet().stream()
                .filter(kind -> kind.getValue() * 1e6 / rows >= 0.1)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(kind -> String.format(Locale.ROOT, "%s %.1f", kind.getKey(), kind.getValue() * 1e6 / rows))
                .collect(Collectors.joining(", "));
    }

    private static void add(Path thread, Map<String, Double> seconds) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            seconds.merge(name.replaceAll("[-#]?\\d+$", "").strip(), seconds(stat, USER_TIME), Double::sum);
        } catch (NoSuchFileException e) {
            // It has ended between the listing and the look: its time is missing from the sum, and was little.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A user time and the system time behind it. */
    private static double seconds(String stat, int field) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Double.parseDouble(fields[field]) + Double.parseDouble(fields[field + 1])) / TICKS_PER_SECOND;
    }
}
