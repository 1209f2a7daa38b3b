package com.listingsync.processor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The CPU time this process has used so far, and by whom.
 *
 * @param totalNanos all of it
 * @param partNanos what could be attributed, from Linux' own accounts by thread; empty on other systems
 */
record CpuTime(long totalNanos, Map<Part, Long> partNanos) {

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final int USER_TICKS = 11;

    /** Who uses CPU time in a process with a broker and a Streams application. */
    enum Part {
        STREAMS,
        BROKER,
        COMPILERS,
        COLLECTOR,
        ROCKSDB;

        /** The part that a thread of this name works for; names are cut to 15 characters. */
        private static Part of(String thread) {
            if (thread.startsWith("C1 ") || thread.startsWith("C2 ") || thread.startsWith("Sweeper")) {
                return COMPILERS;
            }
            if (thread.startsWith("GC ") || thread.startsWith("G1 ") || thread.startsWith("VM ")) {
                return COLLECTOR;
            }
            if (thread.startsWith("rocksdb:")) {
                return ROCKSDB;
            }
            return thread.startsWith("bench-") || thread.startsWith("kafka-producer-") ? STREAMS : BROKER;
        }
    }

    static CpuTime now() {
        long total = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                count(task, parts);
            }
        } catch (IOException e) {
            // Not Linux: the total says enough.
            parts.clear();
        }
        return new CpuTime(total, parts);
    }

    /** What was used since an earlier moment. */
    CpuTime since(CpuTime earlier) {
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        partNanos.forEach((part, nanos) -> parts.put(part, nanos - earlier.partNanos.getOrDefault(part, 0L)));
        return new CpuTime(totalNanos - earlier.totalNanos, parts);
    }

    private static void count(Path task, Map<Part, Long> parts) {
        try {
            String stat = Files.readString(task.resolve("stat"), StandardCharsets.ISO_8859_1);
            int end = stat.lastIndexOf(')');
            String name = stat.substring(stat.indexOf('(') + 1, end);
            String[] fields = stat.substring(end + 2).split(" ");
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
            parts.merge(Part.of(name), ticks * NANOS_PER_TICK, Long::sum);
        } catch (IOException e) {
            // The thread has ended meanwhile; what it used is in the total alone.
        }
    }
}
