package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.event.Entity;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.RunState;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of 10,000 records of 22 KB, 220 MB in all, and a producer with a heap of 256 MiB. */
class FlatMemoryIT {

    private static final int RECORDS = 10_000;
    private static final int REMARKS = 22_000;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Broker broker = Broker.withTopics();
    private HttpServer server;
    private Producing producing;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/odata/Property", FlatMemoryIT::answer);
        server.start();
        producing =
                new Producing(broker, folder, """
                connections:
                  - name: large
                    kind: mls
                    profile: reso
                    url: http://127.0.0.1:%d/odata
                    auth: {token: t}
                    feeds: {property: {page_size: 10000}}
                """.formatted(server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        producing.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aPageOf220MegabytesFitsThroughAHeapOf256() throws Exception {
        producing.command(
                new SyncCommand("r1", "large", List.of("property"), List.of(), false, "test"),
                new FeedName("large", "property"));
        Path log = folder.resolve("producer.log");
        try (ProducerProcess process =
                ProducerProcess.start(producing.environment(), log, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError")) {
            RunState run = producing.awaitRead("r1");

            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            assertThat(run.feeds().get("large/property").problem()).isNull();
            assertThat(run.total().fetched()).isEqualTo(RECORDS);
            assertThat(run.total().refused()).isZero();
        }
        assertThat(broker.end(broker.topics().source(Entity.PROPERTY))).isGreaterThanOrEqualTo(RECORDS);
    }

    /** One page, compressed as it is written, and then an empty one. */
    private static void answer(HttpExchange exchange) throws IOException {
        boolean first = exchange.getRequestURI().getRawQuery().contains("1970-01-01");
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, 0);
        Random random = new Random(22);
        try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody(), 65_536)) {
            out.write(text("{\"value\":["));
            for (int i = 0; first && i < RECORDS; i++) {
                String clock = "2026-11-22T%02d:%02d:%02dZ".formatted(i / 3_600, i / 60 % 60, i % 60);
                byte[] remarks = new byte[REMARKS];
                for (int at = 0; at < REMARKS; at++) {
                    remarks[at] = (byte) ('a' + (at % 64 < 48 ? at % 13 : random.nextInt(26)));
                }
                out.write(text((i == 0 ? "" : ",") + "{\"ListingKey\":\"L" + i + "\",\"ModificationTimestamp\":\""
                        + clock + "\",\"PublicRemarks\":\""));
                out.write(remarks);
                out.write(text("\"}"));
            }
            out.write(text("]}"));
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
