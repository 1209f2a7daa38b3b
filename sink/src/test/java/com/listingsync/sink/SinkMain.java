package com.listingsync.sink;

import com.listingsync.common.health.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sink as a process of its own, for tests that kill it and for the benchmark. */
public final class SinkMain {

    private SinkMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Service sink = SinkApp.start(System.getenv());
        System.out.println(sink.endpoint());
        sink.awaitStop();
    }

    /** Starts it in a JVM of its own. */
    public static Process start(Map<String, String> environment, String... jvmArguments) throws IOException {
        return start(SinkMain.class, environment, jvmArguments);
    }

    /** Starts a main class of our class path in a JVM of its own. */
    public static Process start(Class<?> main, Map<String, String> environment, String... jvmArguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmArguments));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
