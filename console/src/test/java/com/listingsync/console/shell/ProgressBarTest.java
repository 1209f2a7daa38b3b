package com.listingsync.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final StringWriter written = new StringWriter();

    @Test
    void showsBarPercentCountRateAndRemainingTime() {
        assertThat(ProgressBar.line("replay", 2_500, 10_000, 5_000, 80))
                .isEqualTo("replay  [=========                           ]  25 %  2,500/10,000  500/s  0:15");
    }

    @Test
    void countsWhereTheEndIsNotKnown() {
        assertThat(ProgressBar.line("reading", 1_234, 0, 1_000, 80)).isEqualTo("reading  1,234  1,234/s");
    }

    @Test
    void isNotDrawnElsewhereThanOnATerminal() {
        remarks(Terminal.PLAIN).bar("replay").at(1, 2, 0);

        assertThat(written.toString()).isEmpty();
    }

    @Test
    void isNotDrawnWhenNothingIsToBeSaid() {
        Remarks remarks = remarks(new Terminal(true, true, 80));
        remarks.hush();

        remarks.bar("replay").at(1, 2, 0);

        assertThat(written.toString()).isEmpty();
    }

    @Test
    void isDrawnInPlaceOnATerminal() {
        try (ProgressBar bar = remarks(new Terminal(true, true, 80)).bar("replay")) {
            bar.at(1, 2, 0);
            bar.at(2, 2, 1_000);
        }

        assertThat(written.toString()).contains(" 50 %", "100 %", "\u001b[1A\u001b[2K");
    }

    private Remarks remarks(Terminal terminal) {
        return new Remarks(new PrintWriter(written, true), terminal);
    }
}
