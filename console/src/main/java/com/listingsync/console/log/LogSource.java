package com.listingsync.console.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The word {@code %source} of log patterns: the part of the system a line comes from, taken from the logger's name. */
public final class LogSource extends ClassicConverter {

    private static final String OURS = "com.listingsync.";

    @Override
    public String convert(ILoggingEvent event) {
        return of(event.getLoggerName());
    }

    /** {@code producer} for {@code com.listingsync.producer.…}; for a library's logger {@code kafka} or its last word. */
    static String of(String logger) {
        if (logger.startsWith(OURS)) {
            int end = logger.indexOf('.', OURS.length());
            return end < 0 ? logger.substring(OURS.length()) : logger.substring(OURS.length(), end);
        }
        if (logger.startsWith("org.apache.kafka") || logger.startsWith("kafka.")) {
            return "kafka";
        }
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
