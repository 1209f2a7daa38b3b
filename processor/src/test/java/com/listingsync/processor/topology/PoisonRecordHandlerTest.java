package com.listingsync.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.wire.RecordHeaders;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PoisonRecordHandlerTest {

    private static final byte[] KEY = {'L', '1'};
    private static final byte[] VALUE = {1, 2, 3};

    @Test
    void keepsRecordThatMakesTheProcessorFailAsDeadLetter() {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(PoisonRecordHandler.class))
                .setLevel(ch.qos.logback.classic.Level.OFF);
        try (TopologyTestDriver driver = failingWith(new NullPointerException("a defect"))) {
            driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(KEY, VALUE);

            TestRecord<byte[], byte[]> letter = driver.createOutputTopic(
                            "dead", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecord();
            assertThat(letter.key()).isEqualTo(KEY);
            assertThat(letter.value()).isEqualTo(VALUE);
            assertThat(RecordHeaders.text(letter.headers(), DeadLetter.CODE)).hasValue("processing-failed");
            assertThat(RecordHeaders.text(letter.headers(), DeadLetter.CONNECT_TOPIC))
                    .hasValue("in");
        }
    }

    @Test
    void blamesNoRecordForTroubleWithKafka() {
        try (TopologyTestDriver driver = failingWith(new KafkaException("the store is gone"))) {
            assertThatThrownBy(() -> driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer())
                            .pipeInput(KEY, VALUE))
                    .hasRootCauseMessage("the store is gone");
        }
    }

    private static TopologyTestDriver failingWith(RuntimeException failure) {
        Topology topology = new Topology();
        topology.addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in");
        topology.addProcessor("failing", () -> new Failing(failure), "source");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, PoisonRecordHandler.class);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "dead");
        properties.put(PoisonRecordHandler.PARTITIONS, 1);
        return new TopologyTestDriver(topology, properties);
    }

    /** A processor with a defect. */
    private record Failing(RuntimeException failure) implements Processor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            throw failure;
        }
    }
}
