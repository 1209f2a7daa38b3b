package com.listingsync.console.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.regex.Pattern;

/**
 * The word {@code %oneline(…){text}} of log patterns: what is in it, on one line. Texts of a source get into logs (a listing key, the name of
 * a tab); with a line break in one, it could write a line of its own that looks like ours, and with an escape sequence do worse to
 * a terminal. Such characters are shown by their numbers.
 *
 * <p>{@code %oneline(…){trace}} is for stack traces: the lines that a trace is made of stay. One of the two must be said: without, the
 * parser takes what follows for text.
 */
public final class OneLine extends CompositeConverter<ILoggingEvent> {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029&&[^\\t]]");

    /** A line break before the next line of a trace, and the last one. */
    private static final Pattern OF_A_TRACE =
            Pattern.compile("\\R(?=\\t+(?:at |\\.\\.\\. |Suppressed: )|\\t*Caused by: |\\z)");

    @Override
    protected String transform(ILoggingEvent event, String in) {
        return "trace".equals(getFirstOption()) ? trace(in) : text(in);
    }

    /** The text with what can't be printed shown by its number. */
    static String text(String in) {
        return UNPRINTABLE.matcher(in).find()
                ? UNPRINTABLE
                        .matcher(in)
                        .replaceAll(found ->
                                "\\\\u%04x".formatted((int) found.group().charAt(0)))
                : in;
    }

    private static String trace(String in) {
        StringBuilder trace = new StringBuilder();
        for (String line : OF_A_TRACE.split(in, -1)) {
            trace.append(trace.isEmpty() ? "" : System.lineSeparator()).append(text(line));
        }
        return trace.toString();
    }
}
