package com.listingsync.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyboardTest {

    @ParameterizedTest
    @CsvSource({
        "'s3cret\n', s3cret",
        "'s3cret\r\n', s3cret",
        "'s3cret', s3cret",
        "'two\nlines\n', 'two\nlines'",
        "'', ''"
    })
    void isReadFromAPipeWithoutTheLineBreakAtItsEnd(String piped, String secret) throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(Keyboard.ofThisProcess(new Properties()).secret("?")).isEqualTo(secret);
        } finally {
            System.setIn(before);
        }
    }
}
