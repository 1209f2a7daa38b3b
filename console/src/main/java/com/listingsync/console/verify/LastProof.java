package com.listingsync.console.verify;

import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.console.verify.Difference.Kind;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the newest comparison of the whole project found that this console has made, on a schedule or because somebody asked for it.
 * Thread-safe.
 */
public final class LastProof {

    private final AtomicReference<@Nullable VerifyReport> newest = new AtomicReference<>();

    /** Takes in what a comparison found; one of a part proves nothing of the whole, and leaves what is known. */
    public void found(VerifyReport report) {
        if (report.whole()) {
            newest.accumulateAndGet(
                    report, (known, other) -> known != null && known.endedAt() > report.endedAt() ? known : other);
        }
    }

    /** The newest; empty before the first. */
    public Optional<VerifyReport> newest() {
        return Optional.ofNullable(newest.get());
    }

    /** Says it in these meters from now on. */
    public void measure(Meters meters) {
        for (Kind kind : Kind.values()) {
            meters.gauge(Meter.VERIFY_DIFFERENCES, () -> differences(kind), kind.word());
        }
        meters.gauge(
                Meter.VERIFY_LAST,
                () -> newest().map(report -> report.endedAt() / 1000).orElse(0L));
    }

    private long differences(Kind kind) {
        return newest().map(report -> report.tables().values().stream()
                        .mapToLong(table -> table.count(kind))
                        .sum())
                .orElse(0L);
    }
}
