package com.listingsync.producer;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.RunState;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * How fast a feed is read: pages of the sample MLS, rendered beforehand, are read by a bare HTTP client that discards them and
 * by the whole producer onto a real broker, turn by turn in one process. Run by hand: {@code ReadBenchmark [rounds
 * [pages]]}.
 *
 * <p>Wall times share the cores with broker and server; so the CPU time of the feed's own threads, its Kafka client's among
 * them, says what a core can do.
 */
public final class ReadBenchmark {

    private static final int PAGE = 1_000;
    private static final double MEGA = 1e6;

    private ReadBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 6;
        int pages = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        List<byte[]> rendered = rendered(pages);
        double megabytes = rendered.stream().mapToLong(page -> page.length).sum() / MEGA;
        Path folder = Files.createTempDirectory("read-benchmark");
        try (PageServer server = new PageServer(rendered);
                Producing producing = new Producing(Broker.withTopics(), folder, yaml(server.uri()))) {
            System.out.printf(Locale.ROOT, "%d pages, %.0f MB of JSON%n", pages, megabytes);
            producing.start();
            OkHttpClient bare = new OkHttpClient();
            for (int round = 1; round <= rounds; round++) {
                double seconds = discard(bare, server.uri(), pages);
                report("bare client, discarding", megabytes, seconds, seconds);
                pass(producing, "round-" + round, megabytes);
            }
        }
        System.exit(0);
    }

    private static double discard(OkHttpClient http, URI root, int pages) throws IOException {
        byte[] buffer = new byte[8_192];
        long begun = System.nanoTime();
        for (int page = 0; page < pages; page++) {
            Request request =
                    new Request.Builder().url(root + "/Property?p=" + page).build();
            try (Response response = http.newCall(request).execute();
                    InputStream body = response.body().byteStream()) {
                int read = 0;
                while (read >= 0) {
                    read = body.read(buffer);
                }
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void pass(Producing producing, String run, double megabytes) {
        Map<String, Double> before = cpuSeconds();
        producing.command(
                new SyncCommand(run, "bench", List.of("property"), List.of(), true, "benchmark"),
                new FeedName("bench", "property"));
        RunState state = producing.awaitRead(run);
        Map<String, Double> spent = cpuSeconds();
        spent.replaceAll((kind, total) -> total - before.getOrDefault(kind, 0.0));
        double own = spent.entrySet().stream()
                .filter(kind ->
                        kind.getKey().startsWith("feed") || kind.getKey().startsWith("kafka-producer"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        double wall = state.feeds().values().stream()
                .mapToDouble(feed -> (feed.finishedAt() - feed.startedAt()) / 1e3)
                .max()
                .orElseThrow();
        report("producer onto the topic", megabytes, wall, own);
        spent.forEach((kind, seconds) -> {
            if (seconds > 0.05) {
                System.out.printf(Locale.ROOT, "    cpu %-34s %5.2f s%n", kind, seconds);
            }
        });
    }

    private static void report(String who, double megabytes, double wall, double cpu) {
        System.out.printf(
                Locale.ROOT,
                "%-24s %6.2f s = %5.0f MB/s; %5.2f s of CPU = %5.0f MB/s a core%n",
                who,
                wall,
                megabytes / wall,
                cpu,
                megabytes / cpu);
    }

    /** CPU seconds by kind of thread. */
    private static Map<String, Double> cpuSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Double> seconds = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                String kind = thread.getThreadName().replaceAll("[-#\\d |].*", "")
                        + (thread.getThreadName().startsWith("kafka-producer-network") ? "-producer" : "");
                seconds.merge(kind, Math.max(0, threads.getThreadCpuTime(thread.getThreadId())) / 1e9, Double::sum);
            }
        }
        return seconds;
    }

    /** The pages of a sample feed, each with a link to the next. */
    private static List<byte[]> rendered(int pages) throws IOException {
        List<byte[]> rendered = new ArrayList<>();
        try (SampleWorld world = SampleWorld.generate(1, pages * PAGE, null);
                SampleMls mls = new SampleMls(world, MlsOptions.defaults()).start()) {
            OkHttpClient http = new OkHttpClient();
            String address = mls.uri() + "/Property";
            for (int page = 0; page < pages; page++) {
                Request request = new Request.Builder()
                        .url(address)
                        .header("Authorization", "Bearer " + mls.vowToken())
                        .build();
                try (Response response = http.newCall(request).execute()) {
                    String body = response.body().string();
                    int link = body.lastIndexOf(",\"@odata.nextLink\":\"");
                    boolean last = page + 1 == pages;
                    String rows = link < 0 ? body.substring(0, body.length() - 1) : body.substring(0, link);
                    address = link < 0 ? "" : body.substring(link + 20, body.length() - 2);
                    String next = last ? "}" : ",\"@odata.nextLink\":\"Property?p=" + (page + 1) + "\"}";
                    rendered.add((rows + next).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return rendered;
    }

    private static String yaml(URI server) {
        return """
                connections:
                  - name: bench
                    kind: mls
                    profile: reso
                    url: %s
                    auth: {token: t}
                    feeds: {property: {paging: next-link}}
                """.formatted(server);
    }
}
