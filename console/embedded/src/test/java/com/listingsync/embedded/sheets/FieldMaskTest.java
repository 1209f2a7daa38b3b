package com.listingsync.embedded.sheets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldMaskTest {
    private static final String DOCUMENT =
            "{\"id\":\"x\",\"sheets\":[{\"properties\":{\"title\":\"A\",\"index\":0}},{\"properties\":{\"title\":\"B\"}}]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id                       | {"id":"x"}
            id,sheets.properties     | {"id":"x","sheets":[{"properties":{"title":"A","index":0}},{"properties":{"title":"B"}}]}
            sheets(properties.title) | {"sheets":[{"properties":{"title":"A"}},{"properties":{"title":"B"}}]}
            sheets/properties/index  | {"sheets":[{"properties":{"index":0}},{"properties":{}}]}
            """)
    void keepsWhatItNames(String mask, String expected) throws IOException, GoogleRefusal {
        assertThat(masked(mask).toString()).isEqualTo(expected);
    }

    @Test
    void keepsEverythingWithAStar() throws IOException, GoogleRefusal {
        assertThat(masked("*").toString()).isEqualTo(DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id,", "sheets(id", "sheets)", "colour"})
    void refusesWhatIsNoMask(String mask) {
        assertThatThrownBy(() -> masked(mask))
                .isInstanceOf(GoogleRefusal.class)
                .hasMessageStartingWith("Invalid field selection");
    }

    private static JsonNode masked(String mask) throws IOException, GoogleRefusal {
        return FieldMask.parse(mask, Set.of("id", "sheets")).apply(new ObjectMapper().readTree(DOCUMENT));
    }
}
