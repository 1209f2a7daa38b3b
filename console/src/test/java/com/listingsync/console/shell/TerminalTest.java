package com.listingsync.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final Properties both = new Properties();

    TerminalTest() {
        both.setProperty("listingsync.terminal.out", "true");
        both.setProperty("listingsync.terminal.err", "true");
        both.setProperty("listingsync.terminal.columns", "120");
    }

    @Test
    void showsColourOnATerminal() {
        assertThat(Terminal.of(Map.of(), both)).isEqualTo(new Terminal(true, true, 120));
    }

    @Test
    void leavesColourOutForNoColor() {
        assertThat(Terminal.of(Map.of("NO_COLOR", "1"), both)).isEqualTo(new Terminal(false, true, 120));
    }

    @Test
    void isPlainInAPipe() {
        assertThat(Terminal.of(Map.of(), new Properties())).isEqualTo(Terminal.PLAIN);
    }

    @Test
    void isPlainOnADumbTerminal() {
        assertThat(Terminal.of(Map.of("TERM", "dumb"), both)).isEqualTo(new Terminal(false, false, 120));
    }
}
