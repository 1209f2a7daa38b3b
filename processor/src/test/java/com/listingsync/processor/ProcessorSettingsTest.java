package com.listingsync.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.setting.ByteSize;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
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
    }

    @Test
    void namesEveryProblem() {
        Map<String, String> environment =
                Map.of("SYNC_PARKING_LIMIT", "soon", "SYNC_PROCESSOR_THREADS", "two", "SYNC_STATE_STORE", "tape");

        assertThatThrownBy(() -> EnvRecords.read(ProcessorSettings.class, environment))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS is not set")
                .hasMessageContaining("SYNC_PARKING_LIMIT")
                .hasMessageContaining("SYNC_PROCESSOR_THREADS")
                .hasMessageContaining("SYNC_STATE_STORE: expected one of rocksdb, memory");
    }

    @Test
    void letsUserTuneStreamsButNotItsGuarantees() {
        ProcessorSettings settings =
                EnvRecords.read(ProcessorSettings.class, Map.of("KAFKA_BOOTSTRAP_SERVERS", BROKER));

        Properties properties =
                StreamsProperties.of(settings, Map.of("num.standby.replicas", "1", "num.stream.threads", "9"));

        assertThat(properties)
                .containsEntry("num.standby.replicas", "1")
                .containsEntry("num.stream.threads", 2)
                .containsEntry("processing.guarantee", "exactly_once_v2");
    }
}
