package com.listingsync.common.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any client property passes through, except those that our guarantees hang on. */
class KafkaSettingsTest {

    @Test
    void passClientPropertiesThrough() {
        Map<String, Object> properties = KafkaSettings.clientProperties(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "a:1",
                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "KAFKA_SASL_MECHANISM", "",
                "OTHER", "x"));

        assertThat(properties).isEqualTo(Map.of("bootstrap.servers", "a:1", "security.protocol", "SASL_SSL"));
    }

    @Test
    void refuseToLetAGuaranteeBeTurnedOff() {
        assertThatThrownBy(() -> KafkaSettings.clientProperties(
                        Map.of("KAFKA_ACKS", "1", "KAFKA_ISOLATION_LEVEL", "read_uncommitted")))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .hasSize(2)
                                .allSatisfy(problem -> assertThat(problem).contains("decided by Listing Sync")));
    }

    @Test
    void refuseAPrefixThatIsNoTopicName() {
        assertThatThrownBy(() -> EnvRecords.read(
                        KafkaSettings.class, Map.of("KAFKA_BOOTSTRAP_SERVERS", "a:1", "SYNC_TOPIC_PREFIX", "a b")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("a topic prefix is");
    }
}
