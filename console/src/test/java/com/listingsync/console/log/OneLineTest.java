package com.listingsync.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Whoever writes a listing's texts can't write lines of our log. */
class OneLineTest {

    private static final Path CONFIGURATION = Path.of("src/main/resources/logback.xml");
    private static final String FORGED = "W1\n2026-11-22T08:00:00.000Z ERROR sink      all rows lost";

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Logger log;

    @BeforeEach
    void configureAsInProduction() throws JoranException {
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(CONFIGURATION.toFile());
        var appender = (OutputStreamAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr");
        appender.setOutputStream(written);
        log = context.getLogger("com.listingsync.producer.Test");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void writesTheSamePatternEverywhere() throws IOException {
        assertThat(Files.readString(CONFIGURATION)).contains("<pattern>" + LogOutput.PATTERN + "</pattern>");
    }

    @Test
    void keepsALineBreakOfAValueInItsLine() {
        log.atWarn().addKeyValue("listing", FORGED).log("a record was refused");

        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0))
                .contains("WARN  producer  a record was refused listing=\"W1\\u000a2026-11-22T08:00:00.000Z ERROR");
    }

    @Test
    void keepsALineBreakOfAMessageInItsLine() {
        log.warn("{}\r\u2028\u001b[2J", FORGED);

        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0)).endsWith("all rows lost\\u000d\\u2028\\u001b[2J ");
    }

    @Test
    void keepsALineBreakOfAnExceptionInItsLine() {
        log.atError()
                .setCause(new IllegalStateException(FORGED, new IllegalArgumentException("cause: " + FORGED)))
                .log("stopped");

        assertThat(lines().get(1)).startsWith("java.lang.IllegalStateException: W1\\u000a2026-11-22");
        assertThat(lines()).noneMatch(line -> line.startsWith("2026-11-22T08"));
        assertThat(lines()).anyMatch(line -> line.startsWith("Caused by: java.lang.IllegalArgumentException: cause"));
        assertThat(lines()).anyMatch(line -> line.startsWith("\tat com.listingsync.console.log.OneLineTest."));
    }

    @Test
    void leavesOrdinaryTextAsItIs() {
        assertThat(OneLine.text("Straße\tnº 5 — 日本 😀")).isEqualTo("Straße\tnº 5 — 日本 😀");
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
