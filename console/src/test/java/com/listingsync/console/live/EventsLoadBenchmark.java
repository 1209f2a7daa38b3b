package com.listingsync.console.live;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What open dashboards cost a console that runs elsewhere: arguments are its address, its process id, how many dashboards, and for how
 * many seconds. Prints the share of one core with none open and with all of them.
 */
final class EventsLoadBenchmark {

    private EventsLoadBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        URI console = URI.create(arguments[0]);
        ProcessHandle process = ProcessHandle.of(Long.parseLong(arguments[1])).orElseThrow();
        int dashboards = Integer.parseInt(arguments[2]);
        long millis = Duration.ofSeconds(Long.parseLong(arguments[3])).toMillis();
        System.out.printf("0 dashboards: %.1f %% of a core%n", share(process, millis));
        LongAdder bytes = new LongAdder();
        LongAdder alive = new LongAdder();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < dashboards; i++) {
            Socket socket = new Socket(console.getHost(), console.getPort());
            socket.getOutputStream()
                    .write(("GET /api/events HTTP/1.1\r\nHost: " + console.getAuthority() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
            Thread reader = new Thread(() -> drain(socket, bytes, alive), "dashboard-" + i);
            reader.setDaemon(true);
            reader.start();
        }
        Thread.sleep(3_000);
        long before = bytes.sum();
        double share = share(process, millis);
        System.out.printf(
                "%d dashboards: %.1f %% of a core, %.1f kB/s each, %d still open%n",
                dashboards, share, (bytes.sum() - before) / 1.0 / millis / dashboards, alive.sum());
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static double share(ProcessHandle process, long millis) throws InterruptedException {
        Duration before = process.info().totalCpuDuration().orElseThrow();
        Thread.sleep(millis);
        Duration after = process.info().totalCpuDuration().orElseThrow();
        return after.minus(before).toMillis() * 100.0 / millis;
    }

    private static void drain(Socket socket, LongAdder bytes, LongAdder alive) {
        alive.increment();
        byte[] buffer = new byte[8192];
        try (InputStream in = socket.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes.add(n);
            }
        } catch (IOException e) {
            // Closed at the end, or cut off: the count of those still open tells which.
            bytes.add(0);
        } finally {
            alive.decrement();
        }
    }
}
