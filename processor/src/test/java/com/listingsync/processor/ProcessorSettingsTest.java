package com.listingsync.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.ByteSize;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.processor.topology.ProcessorMeters;
import com.listingsync.processor.topology.StoreKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ProcessorSettingsTest {

    private static final String BROKER = "broker:9092";

    @Test
    void needsOnlyBroker() {
        ProcessorSettings settings =
                EnvRecords.read(ProcessorSettings.class, Map.of("KAFKA_BOOTSTRAP_SERVERS", BROKER));

        assertThat(settings.applicationId()).isEqualTo("listings.processor");
        assertThat(settings.mapping()).isEqualTo(Path.of(""));
        assertThat(settings.parkingLimit()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.threads()).isEqualTo(2);
        assertThat(settings.stateDir()).isEqualTo(Path.of("state"));
        assertThat(settings.stateStore()).isEqualTo(StoreKind.ROCKSDB);
        assertThat(settings.stateCache()).isEqualTo(ByteSize.parse("64MiB"));
        assertThat(settings.commitInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(settings.standbyReplicas()).isZero();
        assertThat(settings.named()).isFalse();
    }

    @Test
    void namesEveryProblem() {
        Map<String, String> environment = Map.of(
                "SYNC_PARKING_LIMIT",
                "soon",
                "SYNC_PROCESSOR_THREADS",
                "two",
                "SYNC_STATE_STORE",
                "tape",
                "SYNC_STANDBY_REPLICAS",
                "some");

        assertThatThrownBy(() -> EnvRecords.read(ProcessorSettings.class, environment))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS is not set")
                .hasMessageContaining("SYNC_PARKING_LIMIT")
                .hasMessageContaining("SYNC_PROCESSOR_THREADS")
                .hasMessageContaining("SYNC_STANDBY_REPLICAS")
                .hasMessageContaining("SYNC_STATE_STORE: expected one of rocksdb, memory");
    }

    @Test
    void letsUserTuneStreamsButNotItsGuarantees() {
        ProcessorSettings settings =
                EnvRecords.read(ProcessorSettings.class, Map.of("KAFKA_BOOTSTRAP_SERVERS", BROKER));

        Properties properties =
                properties(settings, Map.of("max.task.idle.ms", "5", "num.stream.threads", "9", "acks", "1"));

        assertThat(properties)
                .containsEntry("max.task.idle.ms", "5")
                .containsEntry("num.stream.threads", 2)
                .containsEntry("processing.guarantee", "exactly_once_v2");
    }

    @Test
    void givesNamedInstanceTimeToComeBack() {
        Map<String, String> environment =
                Map.of("KAFKA_BOOTSTRAP_SERVERS", BROKER, "SYNC_INSTANCE", "processor-1", "SYNC_STANDBY_REPLICAS", "1");

        Properties properties = properties(EnvRecords.read(ProcessorSettings.class, environment), Map.of());

        assertThat(properties)
                .containsEntry("main.consumer.group.instance.id", "processor-1")
                .containsEntry("consumer.session.timeout.ms", 45_000)
                .containsEntry("num.standby.replicas", 1);
    }

    @Test
    void leavesInstanceWithoutNameADynamicMember() {
        ProcessorSettings settings =
                EnvRecords.read(ProcessorSettings.class, Map.of("KAFKA_BOOTSTRAP_SERVERS", BROKER));

        assertThat(properties(settings, Map.of()))
                .doesNotContainKey("main.consumer.group.instance.id")
                .containsEntry("consumer.session.timeout.ms", 6_000)
                .containsEntry("group.protocol", "classic");
    }

    private static Properties properties(ProcessorSettings settings, Map<String, Object> clients) {
        try (Meters meters = new Meters()) {
            return StreamsProperties.of(settings, clients, new ProcessorMeters(meters));
        }
    }
}
