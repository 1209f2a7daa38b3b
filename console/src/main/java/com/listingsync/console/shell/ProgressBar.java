package com.listingsync.console.shell;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far one piece of work is, as a line that is drawn in place: bar, percent, count, rate, remaining time. Told the time in
 * milliseconds from any origin; confined to one thread.
 */
public final class ProgressBar implements AutoCloseable {

    private static final long REDRAW_MILLIS = 100;
    private static final int SHORTEST = 10;
    private static final int LONGEST = 40;
    private static final int PERCENT = 100;

    private final String what;
    private final @Nullable Screen screen;
    private final int columns;
    private long begun = Long.MIN_VALUE;
    private long drawn = Long.MIN_VALUE;

    /** @param screen null shows nothing */
    ProgressBar(String what, @Nullable Screen screen, int columns) {
        this.what = what;
        this.screen = screen;
        this.columns = columns;
    }

    /**
     * Shows how far it is.
     *
     * @param total how much there is to do; 0 when that is not known
     */
    public void at(long done, long total, long nowMillis) {
        if (begun == Long.MIN_VALUE) {
            begun = nowMillis;
        }
        if (screen != null && (drawn == Long.MIN_VALUE || nowMillis - drawn >= REDRAW_MILLIS)) {
            drawn = nowMillis;
            screen.draw(List.of(line(what, done, total, nowMillis - begun, columns)), nowMillis);
        }
    }

    @Override
    public void close() {
        if (screen != null) {
            screen.clear();
        }
    }

    /** The line at this point of the work. */
    static String line(String what, long done, long total, long tookMillis, int columns) {
        double rate = tookMillis <= 0 ? 0 : done * 1000.0 / tookMillis;
        String count = String.format(Locale.ROOT, "%,d", done);
        String speed = rate == 0 ? "" : String.format(Locale.ROOT, "  %,.0f/s", rate);
        if (total <= 0) {
            return what + "  " + count + speed;
        }
        long capped = Math.min(done, total);
        String left = rate == 0 ? "" : "  " + remaining((total - capped) / rate);
        String numbers =
                String.format(Locale.ROOT, " %3d %%  %s/%,d", capped * PERCENT / total, count, total) + speed + left;
        int width = Math.max(SHORTEST, Math.min(LONGEST, columns - what.length() - numbers.length() - 5));
        int filled = (int) (capped * width / total);
        return what + "  [" + "=".repeat(filled) + " ".repeat(width - filled) + "]" + numbers;
    }

    private static String remaining(double seconds) {
        Duration left = Duration.ofSeconds((long) Math.ceil(seconds));
        return left.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", left.toMinutes(), left.toSecondsPart());
    }
}
