package com.listingsync.embedded.mls;

import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Pages whole feeds as a client would, and prints rows and megabytes a second, with gzip and without. Arguments:
 * listings (10000), page size (1000), rounds (3).
 */
public final class FeedBenchmark {
    private static final Pattern NEXT = Pattern.compile("\"@odata.nextLink\":\"([^\"]+)\"");

    private FeedBenchmark() {}

    public static void main(String[] args) throws IOException {
        int listings = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int pageSize = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        long before = usedBytes();
        long start = System.nanoTime();
        try (SampleWorld world = SampleWorld.generate(1, listings, null)) {
            System.out.printf("generated in %d ms, %d MB of heap%n", millisSince(start), (usedBytes() - before) >> 20);
            for (int round = 0; round < rounds; round++) {
                try (SampleMls mls = new SampleMls(world, MlsOptions.defaults().withMaxPageSize(pageSize)).start()) {
                    round(mls, "identity");
                    round(mls, "gzip");
                }
            }
        }
    }

    private static void round(SampleMls mls, String encoding) throws IOException {
        OkHttpClient client = new OkHttpClient();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        long bytes = 0;
        for (Resource resource : Resource.values()) {
            bytes += read(client, mls, resource, mls.vowToken(), encoding);
        }
        bytes += read(client, mls, Resource.PROPERTY, mls.idxToken(), encoding);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%-8s %.1f MB of JSON in %.2f s: %.0f MB/s; %.2f s of CPU, client included%n",
                encoding, bytes / 1e6, seconds, bytes / 1e6 / seconds, (cpuNanos() - cpu) / 1e9);
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    private static long read(OkHttpClient client, SampleMls mls, Resource resource, String token, String encoding)
            throws IOException {
        String next = mls.uri() + "/" + resource.wireName() + "?$orderby=" + resource.clockField() + ","
                + resource.keyField();
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        while (!next.isEmpty()) {
            okhttp3.Request request = new okhttp3.Request.Builder()
                    .url(next)
                    .header("Authorization", "Bearer " + token)
                    .header("Accept-Encoding", encoding)
                    .build();
            try (Response response = client.newCall(request).execute()) {
                InputStream raw = response.body().byteStream();
                InputStream body =
                        "gzip".equals(response.header("Content-Encoding")) ? new GZIPInputStream(raw, 1 << 16) : raw;
                StringBuilder tail = new StringBuilder();
                int read;
                while ((read = body.read(buffer)) >= 0) {
                    bytes += read;
                    tail.append(new String(
                            buffer, Math.max(0, read - 600), Math.min(600, read), StandardCharsets.ISO_8859_1));
                    tail.delete(0, Math.max(0, tail.length() - 600));
                }
                Matcher link = NEXT.matcher(tail);
                next = link.find() ? link.group(1) : "";
            }
        }
        return bytes;
    }

    private static long millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
