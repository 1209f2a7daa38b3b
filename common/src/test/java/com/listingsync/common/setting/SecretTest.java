package com.listingsync.common.setting;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.wire.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {

    private record Account(String name, Secret token) {}

    private final Account account = new Account("a", new Secret("s3cr3t-value"));

    @Test
    void showsStarsInsideWhateverPrintsIt() {
        assertThat(account).hasToString("Account[name=a, token=***]");
        assertThat(String.valueOf(List.of(account.token()))).isEqualTo("[***]");
        assertThat(String.format("%s", account.token())).isEqualTo("***");
    }

    @Test
    void showsStarsInsideJson() throws Exception {
        assertThat(Json.MAPPER.writeValueAsString(account)).isEqualTo("{\"name\":\"a\",\"token\":\"***\"}");
        assertThat(Json.MAPPER.writeValueAsString(Map.of("t", account.token()))).isEqualTo("{\"t\":\"***\"}");
    }
}
