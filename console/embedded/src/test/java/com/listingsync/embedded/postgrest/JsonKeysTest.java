package com.listingsync.embedded.postgrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonKeysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":[{\"x\":null}]}",
                " [{\"a\":1,\"b\":2},{\"b\":\"\\u00e9\\ud83c\\udfe0\",\"a\":{\"c\":1}}] ",
                "[{\"a\":1,\"b\":2},{\"a\":3,\"a\":4,\"b\":5}]"
            })
    void findsTheKeysThatAllObjectsShare(String json) {
        assertThat(keys(json)).hasValueSatisfying(found -> assertThat(found).containsExactly("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"x\"", "null"})
    void findsNoneWithoutRows(String json) {
        assertThat(keys(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"a\":1},{\"b\":1}]",
                "[{\"a\":1},{\"a\":1,\"b\":2}]",
                "[{\"a\":1,\"b\":2},{\"a\":1}]",
                "[1,2]",
                "[{\"a\":1},2]"
            })
    void refusesObjectsWithDifferentKeys(String json) {
        assertThatThrownBy(() -> keys(json)).hasMessage("PGRST102: All object keys must match");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[{",
                "[{\"a\":1}",
                "[{\"a\":1}] x",
                "{\"a\":\"\\ud800\"}",
                "{\"\\udc00\":1}",
                "{\"a\":\"\\x\"}",
                "[{\"a\":1},]",
                "nope"
            })
    void refusesWhatIsNoJson(String json) {
        assertThatThrownBy(() -> keys(json)).hasMessage("PGRST102: Empty or invalid json");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        byte[] latin1 = "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> JsonKeys.of(latin1)).hasMessage("PGRST102: Empty or invalid json");
    }

    private static Optional<SortedSet<String>> keys(String json) {
        return JsonKeys.of(json.getBytes(StandardCharsets.UTF_8));
    }
}
