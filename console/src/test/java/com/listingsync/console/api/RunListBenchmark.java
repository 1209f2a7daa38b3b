package com.listingsync.console.api;

import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.Json;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/**
 * What lists cost with a million runs: pages at random places, one run by id, runs of one state. Prints percentiles in
 * milliseconds. Run it with {@code -Xmx1g}.
 */
final class RunListBenchmark {

    private static final int RUNS = 1_000_000;
    private static final int CALLS = 5_000;

    private RunListBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        RunIndex index = new RunIndex();
        FeedName feed = new FeedName("mls", "property");
        Random random = new Random(1);
        long begun = System.nanoTime();
        for (int i = 0; i < RUNS; i++) {
            long at = 1_700_000_000_000L + i * 60_000L;
            RunState run = RunState.first(String.format("run-%07d", i), at)
                    .plus(new Outcome.RunStarted(java.util.List.of(feed), "schedule", at))
                    .plus(new Outcome.Counted(
                            feed, Tally.of(Tally.FETCHED, 100).plus(Tally.of(Tally.WRITTEN, 100)), at))
                    .plus(new Outcome.FeedFinished(feed, i % 1000 == 0 ? "broken" : null, at + 1000));
            index.put(run, i % 12, i);
        }
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%d runs taken in %.1f s, %d MB%n",
                index.size(), (System.nanoTime() - begun) / 1e9, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        measure("a page anywhere", () -> {
            int at = random.nextInt(RUNS);
            String place = (1_700_000_000_000L + at * 60_000L) + "-" + String.format("run-%07d", at);
            return written(index.page(50, Optional.of(place), run -> true));
        });
        measure("the newest page", () -> written(index.page(50, Optional.empty(), run -> true)));
        measure(
                "the newest failed",
                () -> written(index.page(
                        50, Optional.empty(), run -> run.status().wireName().equals("failed"))));
        measure(
                "one by id",
                () -> index.summary(String.format("run-%07d", random.nextInt(RUNS)))
                        .orElseThrow()
                        .json()
                        .toString()
                        .length());
    }

    private static int written(RunIndex.Page page) throws Exception {
        var items = Json.MAPPER.createArrayNode();
        page.runs().forEach(run -> items.add(run.json()));
        return Json.MAPPER.writeValueAsBytes(items).length;
    }

    private static void measure(String what, java.util.concurrent.Callable<Integer> call) throws Exception {
        long[] nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long from = System.nanoTime();
            call.call();
            nanos[i] = System.nanoTime() - from;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-20s p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                what, nanos[CALLS / 2] / 1e6, nanos[CALLS * 99 / 100] / 1e6, nanos[CALLS - 1] / 1e6);
    }
}
