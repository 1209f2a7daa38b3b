package com.listingsync.processor;

import com.listingsync.common.health.Service;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The processor in a process of its own, so that a test can kill it as an operating system would. */
final class ProcessorProcess implements AutoCloseable {

    private final Process process;

    private ProcessorProcess(Process process) {
        this.process = process;
    }

    static ProcessorProcess start(Map<String, String> environment, Path log) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                ProcessorProcess.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        builder.environment().putAll(environment);
        return new ProcessorProcess(builder.start());
    }

    /** SIGKILL: nothing of it gets to finish anything. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: it hangs, and does not know it. */
    void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it goes on where it was, whatever happened meanwhile. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGTERM: it ends what it is doing. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] args) throws InterruptedException {
        Service service = ProcessorApp.start(System.getenv());
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        service.awaitStop();
    }
}
