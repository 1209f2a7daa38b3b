package com.listingsync.common.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a service was started with, as anybody may see it. */
class SettingsInForceTest {

    private static final String PLANTED = "planted-secret";

    private record Some(
            @Env(name = "SOME_URL", fallback = "http://usual", doc = "An address.")
            URI address,

            @Env(name = "SOME_TEXT", fallback = "", doc = "A text.")
            String text,

            @Env(name = "SOME_KEY", fallback = "", doc = "A secret.")
            Secret key) {}

    @Test
    void showsWhatIsSetAndElseTheDefault() {
        assertThat(lines(Map.of("SOME_TEXT", "written")))
                .containsExactly("SOME_URL=http://usual", "SOME_TEXT=written", "SOME_KEY=");
    }

    @Test
    void saysOfASecretOnlyThatItIsSetInItsVariableOrItsFile() {
        assertThat(lines(Map.of("SOME_KEY", PLANTED))).contains("SOME_KEY=***");
        assertThat(lines(Map.of("SOME_KEY_FILE", "/run/secrets/key"))).contains("SOME_KEY=***");
        assertThat(json(Map.of("SOME_KEY", PLANTED))).contains("{\"name\":\"SOME_KEY\",\"secret\":\"set\"}");
        assertThat(json(Map.of())).contains("{\"name\":\"SOME_KEY\",\"secret\":\"not set\"}");
    }

    @Test
    void showsNoPasswordThatAnAddressHolds() {
        Map<String, String> environment = Map.of(
                "SOME_URL", "https://user:" + PLANTED + "@host/path?token=" + PLANTED,
                "SOME_TEXT", "a=http://" + PLANTED + "@host:1,b=http://host:2");

        assertThat(lines(environment))
                .contains("SOME_URL=https://***@host/path?***", "SOME_TEXT=a=http://***@host:1,b=http://host:2");
    }

    @Test
    void namesThePropertiesOfTheKafkaClientsWithoutTheirValues() {
        String json = json(Map.of("KAFKA_SASL_JAAS_CONFIG", PLANTED, "KAFKA_SSL_KEY_PASSWORD", " ", "HOME", PLANTED));

        assertThat(json)
                .contains("{\"name\":\"KAFKA_SASL_JAAS_CONFIG\",\"secret\":\"set\"}")
                .doesNotContain(PLANTED, "HOME", "KAFKA_SSL_KEY_PASSWORD");
    }

    @Test
    void namesTheConnectionsThatAreRead() {
        assertThat(SettingsInForce.of(Some.class, Map.of())
                        .reading(List.of("board", "sheet"))
                        .json()
                        .toString())
                .endsWith("\"connections\":[\"board\",\"sheet\"]}");
    }

    private static List<String> lines(Map<String, String> environment) {
        return SettingsInForce.of(Some.class, environment).shown().stream()
                .map(SettingsInForce.Shown::line)
                .toList();
    }

    private static String json(Map<String, String> environment) {
        return SettingsInForce.of(Some.class, environment).json().toString();
    }
}
