package com.listingsync.producer;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.event.Entity;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.RunState;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.SampleWorld;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fast a first pass over the sample MLS is, with MLS, broker and producer on the same cores. Run by hand: {@code
 * ReadBenchmark [listings [feed ...]]}.
 */
public final class ReadBenchmark {

    private static final List<String> ALL = List.of("property", "media", "rooms", "openhouse");

    private ReadBenchmark() {}

    public static void main(String[] args) throws Exception {
        int listings = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        List<String> feeds = args.length > 1 ? List.of(args).subList(1, args.length) : ALL;
        Path folder = Files.createTempDirectory("read-benchmark");
        Broker broker = Broker.withTopics();
        try (SampleWorld world = SampleWorld.generate(1, listings, null);
                SampleMls mls = new SampleMls(world, MlsOptions.defaults()).start();
                Producing producing = new Producing(broker, folder, yaml(mls))) {
            producing.start();
            for (int round = 1; round <= 3; round++) {
                pass(producing, broker, feeds, "round-" + round, round > 1);
            }
        }
        System.exit(0);
    }

    private static void pass(Producing producing, Broker broker, List<String> feeds, String run, boolean force)
            throws Exception {
        long before = size(broker);
        Map<String, Double> cpuBefore = cpuSeconds();
        long begun = System.nanoTime();
        FeedName[] names = feeds.stream().map(feed -> new FeedName("vow", feed)).toArray(FeedName[]::new);
        producing.command(new SyncCommand(run, "vow", feeds, List.of(), force, "benchmark"), names);
        RunState state = producing.awaitRead(run);
        double seconds = (System.nanoTime() - begun) / 1e9;
        long records = state.total().fetched();
        System.out.printf(
                Locale.ROOT,
                "%s: %,d records in %.1f s: %,.0f records/s, %,d refused; %,d records on the topics%n",
                run,
                records,
                seconds,
                records / seconds,
                state.total().refused(),
                size(broker) - before);
        cpuSeconds().forEach((kind, total) -> {
            double spent = total - cpuBefore.getOrDefault(kind, 0.0);
            if (spent > 0.2) {
                System.out.printf(Locale.ROOT, "  cpu %-24s %.1f s%n", kind, spent);
            }
        });
        state.feeds()
                .forEach((feed, of) -> System.out.printf(
                        Locale.ROOT,
                        "  %-14s %,8d in %.1f s  %s%n",
                        feed,
                        of.tally().fetched(),
                        (of.finishedAt() - of.startedAt()) / 1e3,
                        of.problem() == null ? "" : of.problem()));
    }

    /** CPU seconds by kind of thread. */
    private static Map<String, Double> cpuSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Double> seconds = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                String kind = thread.getThreadName().replaceAll("[-#\\d].*", "");
                seconds.merge(kind, Math.max(0, threads.getThreadCpuTime(thread.getThreadId())) / 1e9, Double::sum);
            }
        }
        return seconds;
    }

    private static long size(Broker broker) {
        long records = 0;
        for (Entity entity : Entity.values()) {
            TopicSpec topic = broker.topics().source(entity);
            records += broker.end(topic);
        }
        return records;
    }

    private static String yaml(SampleMls mls) {
        return """
                connections:
                  - name: vow
                    kind: mls
                    profile: ampre
                    view: vow
                    url: %s
                    auth: {token: %s}
                    feeds: {property: {}, media: {}, rooms: {}, openhouse: {}}
                """.formatted(mls.uri(), SampleMls.staticToken(Feed.VOW));
    }
}
