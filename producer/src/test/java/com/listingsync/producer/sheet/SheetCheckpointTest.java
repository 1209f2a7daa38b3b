package com.listingsync.producer.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SheetCheckpointTest {

    private final SheetCheckpoint checkpoint = SheetCheckpoint.NONE
            .under("s1")
            .with(Map.of("a", 5L))
            .by("r1")
            .emittedUpTo(7)
            .readInFullAt(9)
            .reporting("a", Set.of("no-key/1"));

    @Test
    void isTheSameAfterItsBytes() {
        assertThat(SheetCheckpoint.of(checkpoint.bytes())).isEqualTo(checkpoint);
    }

    @Test
    void takesWhatItLacksForUnknown() {
        byte[] bytes = "{\"versions\":{\"a\":5},\"run\":\"r\"}".getBytes(StandardCharsets.UTF_8);

        SheetCheckpoint read = SheetCheckpoint.of(bytes);

        assertThat(read.versions()).containsEntry("a", 5L);
        assertThat(read.under("s1").versions()).isEmpty();
    }

    @Test
    void keepsTheHighestVersionAndTheReportedRowsUnderOtherSettings() {
        SheetCheckpoint other = checkpoint.under("s2");

        assertThat(other.versions()).isEmpty();
        assertThat(other.highest()).isEqualTo(7);
        assertThat(other.fullReadAt()).isZero();
        assertThat(other.reported()).isEqualTo(checkpoint.reported());
    }

    @Test
    void forgetsBadRowsThatAreWellAgain() {
        assertThat(checkpoint.reporting("a", Set.of()).reported()).isEmpty();
    }

    @Test
    void staysSmallHoweverManyRowsAreBad() {
        Set<String> many =
                IntStream.range(0, 50_000).mapToObj(i -> "no-key/" + i).collect(Collectors.toSet());

        byte[] bytes = checkpoint.reporting("b", many).bytes();

        assertThat(bytes).hasSizeLessThan(500_000);
    }
}
