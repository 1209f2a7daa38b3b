package com.listingsync.sink.follow;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.topic.Stage;
import com.listingsync.sink.cutover.CutoverSettings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Follows what is this sync's, and passes by what an older sync still sees to: its place moves on, so that what happened meanwhile is
 * not followed a second time when this sync takes over. Thread-safe.
 */
public final class CutoverFollower implements Follower {

    private static final String SHADOW = "shadow";
    private static final String OUTSIDE = "cutover";

    private final CutoverSettings cutover;
    private final Function<ConsumerRecord<byte[], byte[]>, Optional<String>> listing;
    private final Follower follower;
    private final Meters meters;
    private final Clock clock;

    /**
     * @param listing the listing that a record is about; empty when it is about none, or can't be read
     * @param follower does what follows
     */
    public CutoverFollower(
            CutoverSettings cutover,
            Function<ConsumerRecord<byte[], byte[]>, Optional<String>> listing,
            Follower follower,
            Meters meters,
            Clock clock) {
        this.cutover = cutover;
        this.listing = listing;
        this.follower = follower;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public CompletionStage<List<Unmet>> follow(ConsumerRecord<byte[], byte[]> change) {
        if (!cutover.mode().acts()) {
            return passedBy(change, SHADOW, "SYNC_MODE is " + cutover.mode() + ", so nothing follows a change");
        }
        boolean ours = listing.apply(change).map(cutover.share()::takes).orElse(true);
        return ours
                ? follower.follow(change)
                : passedBy(
                        change,
                        OUTSIDE,
                        "its listing is left to an older sync (SYNC_CUTOVER_PERCENT is " + cutover.percent() + ")");
    }

    @Override
    public boolean answersForReplays() {
        return follower.answersForReplays();
    }

    /** A dead letter that somebody has replayed stays one: what it calls for is not done. */
    private CompletionStage<List<Unmet>> passedBy(ConsumerRecord<byte[], byte[]> change, String reason, String words) {
        meters.counter(Meter.SINK_CHANGES_LEFT, reason).increment();
        if (!answersForReplays() || ReplayMark.of(change.headers()).isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Position position = new Position(change.topic(), change.partition(), change.offset());
        DeadLetter why = DeadLetter.of(Stage.SINK, reason, words, Optional.of(position), clock.instant());
        return CompletableFuture.completedFuture(List.of(new Unmet(why, Map.of())));
    }
}
