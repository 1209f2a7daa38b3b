package com.listingsync.producer.mls;

import com.listingsync.common.wire.ContentHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of one page, holds back those that the server has given before in the same moment, and keeps what will
 * tell the next page the same. Confined to the fetching thread; one page each.
 */
final class PageSieve implements PageParser.Entries {

    /** Records whose fingerprint is not made before it is sure to be needed; bounds what they hold. */
    private static final int UNHASHED = 32;

    private final LastMoment before;
    private final PageParser.Entries onward;
    private final Deque<Kept> recent = new ArrayDeque<>();
    private int digits;
    private int repeated;
    private boolean outOfOrder;
    private Instant earliest = Instant.MAX;
    private Instant latest = Instant.MIN;
    private @Nullable Kept last;

    /** A record of the last printed unit or the one before. */
    private record Kept(
            String key,
            Instant at,
            @Nullable MlsRecord record,
            @Nullable String hash) {
        String fingerprint() {
            return record == null ? Objects.requireNonNull(hash, "hash") : ContentHash.of(record.json());
        }
    }

    /**
     * @param before what is known of the moment the page begins in
     */
    PageSieve(LastMoment before, PageParser.Entries onward) {
        this.before = before;
        this.onward = onward;
        this.digits = before.digits();
    }

    @Override
    public void add(MlsRecord record) throws InterruptedException {
        String key = record.key();
        Instant at = record.at();
        if (key == null || at == null || !record.placed()) {
            onward.add(record);
            return;
        }
        keep(key, at, record);
        String hash = before.seen().get(key);
        if (hash != null && hash.equals(ContentHash.of(record.json()))) {
            repeated++;
        } else {
            onward.add(record);
        }
    }

    /**
     * What is known after the page.
     *
     * @param from where the page was asked for from: what was seen there is still of use when the page stays near it
     */
    LastMoment moment(Cursor from) {
        Map<String, String> seen = new HashMap<>();
        Kept end = last;
        if (end == null || !from.instant().isBefore(end.at().minus(SourceTime.unit(digits)))) {
            seen.putAll(before.seen());
        }
        recent.forEach(kept -> seen.put(kept.key(), kept.fingerprint()));
        boolean finer = repeated > 0 || outOfOrder;
        return before.with(finer ? ClockGrain.FINER : before.grain(), digits, seen);
    }

    /** Whether the records are of a drain, give or take the unit that a clock is printed in. */
    boolean liesWithin(Drain drain, Duration unit) {
        return !earliest.isBefore(Instant.parse(drain.from()).minus(unit))
                && !latest.isAfter(Instant.parse(drain.to()).plus(unit));
    }

    private void keep(String key, Instant at, MlsRecord record) {
        digits = Math.max(digits, SourceTime.digits(Objects.requireNonNull(record.clock(), "clock")));
        Kept previous = last;
        outOfOrder |= previous != null && previous.at().equals(at) && KeyOrder.precedes(key, previous.key());
        earliest = at.isBefore(earliest) ? at : earliest;
        latest = at.isAfter(latest) ? at : latest;
        Instant old = at.minus(SourceTime.unit(digits));
        while (!recent.isEmpty() && recent.getFirst().at().isBefore(old)) {
            recent.removeFirst();
        }
        Kept kept = recent.size() < UNHASHED
                ? new Kept(key, at, record, null)
                : new Kept(key, at, null, ContentHash.of(record.json()));
        recent.addLast(kept);
        last = kept;
    }
}
