package com.listingsync.embedded.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and its KRaft controller in this process, on loopback, with its data in a folder that survives a restart.
 *
 * <p>Made for one machine: a single copy of everything, small internal topics, no waiting for others to join. Thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String CLUSTER_ID_FILE = "cluster-id";

    /** Enough for 700,000 keys a cleaning; the broker's default of 128 MiB is half a small heap. */
    private static final int CLEANER_BUFFER_BYTES = 16 * 1024 * 1024;

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker and returns once it answers.
     *
     * @param dataDir folder for its data; made and formatted when it is not there
     * @param port port on loopback for clients; 0 takes a free one
     * @throws IllegalStateException when the port is taken or the folder can't be used, in one sentence
     */
    public static EmbeddedKafka start(Path dataDir, int port) {
        return start(dataDir, port, Hardening.NONE);
    }

    /** As {@link #start(Path, int)}, with what a broker demands of its clients. */
    static EmbeddedKafka start(Path dataDir, int port, Hardening hardening) {
        int brokerPort = port == 0 ? FreePorts.next() : port;
        requireFree(brokerPort);
        Properties properties = properties(dataDir, brokerPort, FreePorts.next());
        properties.putAll(hardening.properties());
        format(dataDir, properties, hardening.formatArguments());
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, "127.0.0.1:" + brokerPort);
    }

    /**
     * Says what to do when the broker gives up (a full disk, a broken log): by default Kafka ends the whole process without a
     * word. Applies to every broker of this process; the process still ends afterwards.
     */
    public static void onFatal(Consumer<String> lastWords) {
        Exit.setHaltProcedure((status, message) -> {
            lastWords.accept(message == null ? "the Kafka broker gave up; its log says why" : message);
            Runtime.getRuntime().halt(status);
        });
    }

    /** {@code host:port} for clients. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the broker cleanly and returns once it has. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static Properties properties(Path dataDir, int brokerPort, int controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        p.put("listeners", "CLIENT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", "CLIENT://127.0.0.1:" + brokerPort);
        p.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("inter.broker.listener.name", "CLIENT");
        p.put("controller.listener.names", "CONTROLLER");
        p.put("log.dirs", dataDir.resolve("log").toString());
        p.put("auto.create.topics.enable", "false");
        p.put("default.replication.factor", "1");
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "4");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "4");
        // What a killed client left open is in everybody's way until then: a second and not ten (docs/deployment.md).
        p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("share.coordinator.state.topic.num.partitions", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("log.cleaner.dedupe.buffer.size", Integer.toString(CLEANER_BUFFER_BYTES));
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("log.segment.bytes", Integer.toString(64 * 1024 * 1024));
        return p;
    }

    private static void format(Path dataDir, Properties properties, List<String> more) {
        Path config = dataDir.resolve("server.properties");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            Files.createDirectories(dataDir);
            try (Writer writer = Files.newBufferedWriter(config)) {
                properties.store(writer, null);
            }
            List<String> command = new ArrayList<>(
                    List.of("format", "-t", clusterId(dataDir), "-c", config.toString(), "--ignore-formatted"));
            command.addAll(more);
            int code = StorageTool.execute(
                    command.toArray(String[]::new), new PrintStream(said, true, StandardCharsets.UTF_8));
            if (code != 0) {
                throw new IllegalStateException("Kafka's folder " + dataDir + " can't be used: "
                        + said.toString(StandardCharsets.UTF_8).strip());
            }
        } catch (IOException e) {
            // Nothing has started; whoever chose the folder sees which it is and why.
            throw new UncheckedIOException("Kafka's folder " + dataDir + " can't be written", e);
        }
    }

    private static String clusterId(Path dataDir) throws IOException {
        Path file = dataDir.resolve(CLUSTER_ID_FILE);
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        String id = Uuid.randomUuid().toString();
        Files.writeString(file, id);
        return id;
    }

    /** A taken port would end the whole process from inside the broker; better to say so first. */
    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IllegalStateException("port " + port + " for Kafka is taken; choose another", e);
        }
    }
}
