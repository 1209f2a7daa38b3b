package com.listingsync.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final String UP = "\u001b[1A\u001b[2K";

    private final StringWriter written = new StringWriter();

    @Test
    void drawsInPlaceOnATerminal() {
        Screen screen = screen(new Terminal(true, true, 80));

        screen.draw(List.of("a 1", "b 1"), 0);
        screen.draw(List.of("a 2", "b 2"), 1);

        assertThat(written).hasToString("a 1\nb 1\n" + UP + UP + "a 2\nb 2\n");
    }

    @Test
    void putsNotesAboveTheBlock() {
        Screen screen = screen(new Terminal(true, true, 80));

        screen.draw(List.of("a 1"), 0);
        screen.note("careful");
        screen.draw(List.of("a 2"), 1);

        assertThat(written).hasToString("a 1\n" + UP + "careful\na 2\n");
    }

    @Test
    void cutsLinesThatWouldWrap() {
        Screen screen = screen(new Terminal(true, true, 6));

        screen.draw(List.of("0123456789"), 0);

        assertThat(written).hasToString("01234\n");
    }

    @Test
    void writesNowAndThenElsewhere() {
        Screen screen = screen(Terminal.PLAIN);

        screen.draw(List.of("first"), 0);
        screen.draw(List.of("too soon"), 4_999);
        screen.draw(List.of("second"), 5_000);

        assertThat(written).hasToString("first\nsecond\n");
    }

    private Screen screen(Terminal terminal) {
        return new Screen(new PrintWriter(written, true), terminal);
    }
}
