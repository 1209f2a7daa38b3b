package com.listingsync.console.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.console.shell.CommandFailure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditTest {

    private static final String RECORD =
            "{\"price\":1.50,\"big\":12345678901234567890,\"rooms\":[{\"area\":3},{\"area\":4}],\"note\":null}";

    /** The examples of RFC 6902, appendix A, and of RFC 7396, appendix A, that a record can meet. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"op\":\"add\",\"path\":\"/baz\",\"value\":\"qux\"}] | {\"foo\":\"bar\"} | {\"foo\":\"bar\",\"baz\":\"qux\"}",
                "[{\"op\":\"add\",\"path\":\"/foo/1\",\"value\":\"qux\"}] | {\"foo\":[\"bar\",\"baz\"]} | {\"foo\":[\"bar\",\"qux\",\"baz\"]}",
                "[{\"op\":\"add\",\"path\":\"/foo/-\",\"value\":[\"abc\"]}] | {\"foo\":[\"bar\"]} | {\"foo\":[\"bar\",[\"abc\"]]}",
                "[{\"op\":\"remove\",\"path\":\"/foo/1\"}] | {\"foo\":[\"bar\",\"qux\",\"baz\"]} | {\"foo\":[\"bar\",\"baz\"]}",
                "[{\"op\":\"replace\",\"path\":\"/baz\",\"value\":\"boo\"}] | {\"baz\":\"qux\",\"foo\":\"bar\"} | {\"foo\":\"bar\",\"baz\":\"boo\"}",
                "[{\"op\":\"replace\",\"path\":\"/foo/0\",\"value\":1}] | {\"foo\":[\"bar\",\"baz\"]} | {\"foo\":[1,\"baz\"]}",
                "[{\"op\":\"move\",\"from\":\"/foo/1\",\"path\":\"/foo/3\"}] | {\"foo\":[\"all\",\"grass\",\"cows\",\"eat\"]} | {\"foo\":[\"all\",\"cows\",\"eat\",\"grass\"]}",
                "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"}] | {\"a\":{\"c\":1}} | {\"a\":{\"c\":1},\"b\":{\"c\":1}}",
                "[{\"op\":\"test\",\"path\":\"/~1\",\"value\":10},{\"op\":\"remove\",\"path\":\"/~1\"}] | {\"/\":10} | {}",
                "{\"a\":\"c\"} | {\"a\":\"b\"} | {\"a\":\"c\"}",
                "{\"a\":null} | {\"a\":\"b\",\"b\":\"c\"} | {\"b\":\"c\"}",
                "{\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"c\",\"c\":1}} | {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[1]} | {\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]}",
                "{\"a\":{\"bb\":{\"ccc\":null}}} | {} | {\"a\":{\"bb\":{}}}",
            })
    void doesWhatTheStandardsSay(String patch, String before, String after) {
        assertThat(edited(patch, before)).isEqualTo(after);
    }

    @Test
    void leavesEveryOtherDigitAsItIs() {
        assertThat(edited("{\"note\":\"x\"}", RECORD)).isEqualTo(RECORD.replace("null", "\"x\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"op\":\"remove\",\"path\":\"/none\"}]",
                "[{\"op\":\"replace\",\"path\":\"/rooms/7\",\"value\":1}]",
                "[{\"op\":\"test\",\"path\":\"/price\",\"value\":2}]",
                "[{\"op\":\"shout\",\"path\":\"/price\"}]",
                "[{\"op\":\"add\",\"path\":\"price\",\"value\":2}]",
                "[{\"op\":\"replace\",\"path\":\"\",\"value\":7}]",
                "7",
                "{\"price\":",
            })
    void saysWhatDoesNotFitWithoutTheValue(String patch) {
        assertThatThrownBy(() -> edited(patch, RECORD))
                .isInstanceOf(CommandFailure.class)
                .hasMessageNotContaining("12345678901234567890");
    }

    @Test
    void wantsAnObjectInTheValuesPlace() {
        assertThat(new String(
                        Edit.replacement(" { \"a\" : 1 } ".getBytes(StandardCharsets.UTF_8))
                                .apply("garbage".getBytes(StandardCharsets.UTF_8)),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":1}");
        assertThatThrownBy(() -> Edit.replacement("[1]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("one JSON object");
    }

    private static String edited(String patch, String value) {
        byte[] after = Edit.patch(patch).apply(value.getBytes(StandardCharsets.UTF_8));
        return new String(after, StandardCharsets.UTF_8);
    }
}
