package com.listingsync.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever writes a listing's texts can't command the terminal of who reads them. */
class PrintableTest {

    private final StringWriter written = new StringWriter();
    private final PrintWriter out = new PrintWriter(new Printable(written), true);

    @ParameterizedTest
    @MethodSource
    void showsByNumberWhatATerminalWouldObey(String text, String shown) {
        out.print("W1" + text);

        assertThat(written).hasToString("W1" + shown);
    }

    static Stream<Arguments> showsByNumberWhatATerminalWouldObey() {
        return Stream.of(
                Arguments.of(Named.of("clears the screen", "\u001b[2J"), "\\u001b[2J"),
                Arguments.of(Named.of("the same in one character", "\u009b2J"), "\\u009b2J"),
                Arguments.of(Named.of("names the window", "\u001b]0;title\u0007"), "\\u001b]0;title\\u0007"),
                Arguments.of(Named.of("fills the clipboard", "\u001b]52;c;cm0=\u0007"), "\\u001b]52;c;cm0=\\u0007"),
                Arguments.of(Named.of("writes over its line", "1\r2"), "1\\u000d2"),
                Arguments.of(Named.of("takes a letter back", "a\u0008b"), "a\\u0008b"));
    }

    @Test
    void leavesTextColoursAndWhatWeDrawAnewAlone() {
        String ours = "Straße\tnº 5 — 日本 😀\n" + new Paint(true).strong("key") + "\u001b[1A\u001b[2K 50 %\r\n";

        out.print(ours);
        out.print(ours.toCharArray());

        assertThat(written).hasToString(ours + ours);
    }

    @Test
    void keepsALineBreakOfACellInItsRow() {
        TextTable table = new TextTable("key", "state");
        table.row(List.of("W1\nW2   resolved", "open"));

        assertThat(table.lines()).hasSize(2);
        assertThat(table.lines().get(1)).startsWith("W1\\u000aW2").endsWith("open");
    }
}
