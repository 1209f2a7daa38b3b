package com.listingsync.embedded.postgrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CsvBodyTest {
    @Test
    void makesStringsAndNulls() {
        assertThat(json("a,b\r\n1,NULL\r\n\"x, \"\"y\"\"\",\n"))
                .isEqualTo("[{\"a\":\"1\",\"b\":null},{\"a\":\"x, \\\"y\\\"\",\"b\":\"\"}]");
    }

    @Test
    void refusesALineOfAnotherLength() {
        assertThatThrownBy(() -> json("a,b\n1\n")).hasMessage("PGRST102: All lines must have same number of fields");
    }

    private static String json(String csv) {
        return new String(CsvBody.toJson(csv.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
