package com.listingsync.console.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the log lines of this process go; {@code logback.xml} is the start: every line to the error stream. Its methods are
 * called from the main thread before anything is started.
 */
public final class LogOutput {

    /** Also in logback.xml. */
    static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %-9source %oneline(%msg %kvp){text}%n%oneline(%ex){trace}";

    private static final String FILE_SIZE = "20MB";
    private static final int OLD_FILES = 4;
    private static final String OURS = "com.listingsync";

    private LogOutput() {}

    /** For a tool, whose answer is its output: only what went wrong, and not what Kafka's clients say about it. */
    public static void quiet() {
        levels(Level.ERROR, Level.WARN, Level.OFF);
    }

    /** For a service: all that it has to say, and the warnings of libraries. */
    public static void service() {
        levels(Level.WARN, Level.INFO, Level.WARN);
    }

    /** For a service that was asked to be quiet: warnings and what is worse. */
    public static void warnings() {
        levels(Level.WARN, Level.WARN, Level.WARN);
    }

    /**
     * For many services in one process with a person before it: every line to files in {@code folder}, and of ours those
     * that a person must act on to {@code person} too.
     */
    public static void toFolder(Path folder, Consumer<String> person) {
        service();
        LoggerContext context = context();
        // The broker logs each batch that overtakes the first one of a transaction as an error; the client sends it
        // again.
        context.getLogger("kafka.server.ReplicaManager").setLevel(Level.OFF);
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(files(context, folder));
        ch.qos.logback.classic.Logger ours = context.getLogger(OURS);
        ours.detachAndStopAllAppenders();
        ours.addAppender(toPerson(context, person));
    }

    private static void levels(Level libraries, Level ours, Level kafka) {
        context().getLogger(Logger.ROOT_LOGGER_NAME).setLevel(libraries);
        context().getLogger(OURS).setLevel(ours);
        context().getLogger("org.apache.kafka").setLevel(kafka);
        // While the broker verifies the first batch of a transaction, those behind it are refused and sent again
        // (KAFKA-14920): a warning for each, several times a second, about nothing.
        context()
                .getLogger("org.apache.kafka.clients.producer.internals.Sender")
                .setLevel(Level.ERROR);
    }

    private static FileAppender<ILoggingEvent> files(LoggerContext context, Path folder) {
        RollingFileAppender<ILoggingEvent> files = new RollingFileAppender<>();
        files.setContext(context);
        files.setFile(folder.resolve("listing-sync.log").toString());
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        files.setEncoder(encoder);
        FixedWindowRollingPolicy old = new FixedWindowRollingPolicy();
        old.setContext(context);
        old.setParent(files);
        old.setFileNamePattern(folder.resolve("listing-sync.%i.log").toString());
        old.setMinIndex(1);
        old.setMaxIndex(OLD_FILES);
        old.start();
        files.setRollingPolicy(old);
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(FileSize.valueOf(FILE_SIZE));
        size.start();
        files.setTriggeringPolicy(size);
        files.start();
        return files;
    }

    private static AppenderBase<ILoggingEvent> toPerson(LoggerContext context, Consumer<String> person) {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                StringBuilder line = new StringBuilder(LogSource.of(event.getLoggerName()))
                        .append(": ")
                        .append(event.getFormattedMessage());
                if (event.getKeyValuePairs() != null) {
                    event.getKeyValuePairs().forEach(pair -> line.append(' ').append(pair));
                }
                person.accept(OneLine.text(line.toString()));
            }
        };
        ThresholdFilter errors = new ThresholdFilter();
        errors.setLevel("ERROR");
        errors.start();
        appender.addFilter(errors);
        appender.setContext(context);
        appender.setName("person");
        appender.start();
        return appender;
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
