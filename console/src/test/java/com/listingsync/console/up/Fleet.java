package com.listingsync.console.up;

import com.listingsync.console.Main;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * Services of a stack as processes of their own, several of each, as in production. Confined to the test's thread.
 */
final class Fleet implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<String, Process> processes = new TreeMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, String> environment;
    private final Path folder;

    /** @param environment what all of them have in common */
    Fleet(Map<String, String> environment, Path folder) {
        this.environment = Map.copyOf(environment);
        this.folder = folder;
    }

    /** Starts an instance such as {@code sink-1}. */
    void launch(String instance) throws IOException {
        String service = instance.substring(0, instance.indexOf('-'));
        int port = freePort();
        Map<String, String> own = new HashMap<>(environment);
        own.put("SYNC_HTTP_PORT", Integer.toString(port));
        own.put("SYNC_STATE_DIR", folder.resolve(instance).toString());
        ports.put(instance, port);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        service))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(instance + ".log").toFile());
        builder.environment().putAll(own);
        processes.put(instance, builder.start());
    }

    /** Waits until an instance says that it is ready. */
    void awaitReady(String instance) {
        Awaitility.await(instance)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> isReady(instance));
    }

    /** As the machine's death would: kill -9. */
    void kill(String instance) throws InterruptedException {
        int unused = process(instance).destroyForcibly().waitFor();
        processes.remove(instance);
    }

    /** As a long collection of garbage or a machine that is put to sleep would: it lives, and does nothing. */
    void freeze(String instance) throws IOException, InterruptedException {
        signal("-STOP", instance);
    }

    /** Lets it go on where it stopped. */
    void thaw(String instance) throws IOException, InterruptedException {
        signal("-CONT", instance);
    }

    /** As a platform does: SIGTERM, and then the wait for its end; answers with the exit code. */
    int terminate(String instance) throws InterruptedException {
        Process process = process(instance);
        process.destroy();
        int code = process.waitFor();
        processes.remove(instance);
        return code;
    }

    List<String> instances() {
        return new ArrayList<>(processes.keySet());
    }

    boolean isAlive(String instance) {
        Process process = processes.get(instance);
        return process != null && process.isAlive();
    }

    /** The producer that has a connection, by what all of them say; the last one to say so. */
    String producerOf(String connection) {
        String said = "connection=\"" + connection + "\"";
        return instances().stream()
                .filter(instance -> instance.startsWith("producer"))
                .filter(instance -> log(instance)
                        .lines()
                        .filter(line -> line.contains(said) && line.contains(" connection "))
                        .reduce("", (earlier, later) -> later)
                        .contains("taken over"))
                .findAny()
                .orElseThrow(() -> new AssertionError("no producer has taken over " + connection));
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void signal(String name, String instance) throws IOException, InterruptedException {
        String pid = Long.toString(process(instance).pid());
        int code = new ProcessBuilder("kill", name, pid).start().waitFor();
        if (code != 0) {
            throw new AssertionError("kill " + name + " " + pid + " ended with " + code);
        }
    }

    private Process process(String instance) {
        Process process = processes.get(instance);
        if (process == null || !process.isAlive()) {
            throw new AssertionError(instance + " is not running: " + log(instance));
        }
        return process;
    }

    private boolean isReady(String instance) {
        process(instance);
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + ports.get(instance) + "/health/ready")
                            .toURL()
                            .openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    private String log(String instance) {
        try {
            return Files.readString(folder.resolve(instance + ".log"));
        } catch (IOException e) {
            return "no log";
        }
    }
}
