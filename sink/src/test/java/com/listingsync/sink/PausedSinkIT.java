package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.signal.Signal;
import com.listingsync.common.signal.SignalTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that somebody pauses: it writes nothing, says who wanted that, and goes on where it stood, over restarts too. */
class PausedSinkIT {

    /** Long enough that rows would have been written many times over. */
    private static final Duration WHILE = Duration.ofSeconds(2);

    @TempDir
    static Path folder;

    private static SinkStack stack;

    @BeforeAll
    static void startStack() throws IOException {
        stack = SinkStack.start(folder);
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void writesNothingUntilItIsResumedWhateverIsRestarted() throws Exception {
        try (SinkTrial trial = new SinkTrial(stack)) {
            trial.start(Map.of());
            trial.properties(0, 50);
            trial.awaitWritten(50);

            say(trial, true);
            SinkTrial.eventually(() -> assertThat(trial.paused()).contains("ann", "migration"));
            trial.properties(50, 100);
            SinkTrial.untilPassed(WHILE, System.nanoTime());
            assertThat(stack.count("properties")).isEqualTo(50);
            assertThat(trial.problems()).isEmpty();

            trial.stopSink();
            trial.start(Map.of());
            SinkTrial.eventually(() -> assertThat(trial.paused()).contains("ann", "migration"));
            SinkTrial.untilPassed(WHILE, System.nanoTime());
            assertThat(stack.count("properties")).isEqualTo(50);

            say(trial, false);
            trial.awaitWritten(100);
            assertThat(trial.paused()).isEqualTo("[]");
        }
    }

    private static void say(SinkTrial trial, boolean paused) throws ExecutionException, InterruptedException {
        Signal signal = new Signal(SignalTarget.SINK.toString(), paused, "ann", "migration", 1_000);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            trial.topics().signals().name(), SignalTarget.SINK.bytes(), signal.bytes()))
                    .get();
        }
    }
}
