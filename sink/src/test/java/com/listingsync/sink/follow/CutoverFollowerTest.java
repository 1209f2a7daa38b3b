package com.listingsync.sink.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.sink.change.StatusChange;
import com.listingsync.sink.cutover.CutoverSettings;
import com.listingsync.sink.cutover.Share;
import com.listingsync.sink.cutover.SyncMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What follows a status change while an older sync sees to some of the listings, or to all of them. */
class CutoverFollowerTest {

    private static final int LISTINGS = 50;

    private final List<String> followed = new ArrayList<>();
    private final Meters meters = new Meters();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void followsEverythingWhenNothingIsLeftToAnother() {
        all(new CutoverSettings(SyncMode.LIVE, 100));

        assertThat(followed).hasSize(LISTINGS);
    }

    @Test
    void followsNothingInTheShadow() {
        all(new CutoverSettings(SyncMode.SHADOW, 100));
        all(new CutoverSettings(SyncMode.SHADOW_SCHEMA, 100));

        assertThat(followed).isEmpty();
        assertThat(meters.counter(Meter.SINK_CHANGES_LEFT, "shadow").count()).isEqualTo(2.0 * LISTINGS);
    }

    @Test
    void followsTheListingsOfItsShare() {
        all(new CutoverSettings(SyncMode.LIVE, 40));

        Share share = new Share(40);
        List<String> ours = new ArrayList<>();
        for (int i = 0; i < LISTINGS; i++) {
            if (share.takes("L" + i)) {
                ours.add("L" + i);
            }
        }
        assertThat(followed).isEqualTo(ours);
        assertThat(meters.counter(Meter.SINK_CHANGES_LEFT, "cutover").count()).isEqualTo(LISTINGS - ours.size());
    }

    @Test
    void leavesAReplayedDeadLetterOneWhenItPassesItBy() {
        ConsumerRecord<byte[], byte[]> replayed = change("L1");
        RecordHeaders.put(replayed.headers(), ReplayMark.REPLAY_OF, "letters/0/7");
        RecordHeaders.put(replayed.headers(), ReplayMark.REPLAY_ATTEMPT, "1");
        assertThat(ReplayMark.of(replayed.headers())).isPresent();

        List<Unmet> unmet = follower(new CutoverSettings(SyncMode.SHADOW, 100))
                .follow(replayed)
                .toCompletableFuture()
                .join();

        assertThat(unmet).singleElement().satisfies(one -> {
            assertThat(one.why().code()).isEqualTo("shadow");
            assertThat(one.why().message()).contains("SYNC_MODE is shadow");
        });
    }

    @Test
    void leavesWhatItCannotReadToTheFollower() {
        ConsumerRecord<byte[], byte[]> garbage =
                new ConsumerRecord<>("changes", 0, 0, null, "{".getBytes(StandardCharsets.UTF_8));

        follower(new CutoverSettings(SyncMode.LIVE, 0))
                .follow(garbage)
                .toCompletableFuture()
                .join();

        assertThat(followed).containsExactly("unreadable");
    }

    private void all(CutoverSettings cutover) {
        CutoverFollower follower = follower(cutover);
        for (int i = 0; i < LISTINGS; i++) {
            assertThat(follower.follow(change("L" + i)).toCompletableFuture().join())
                    .isEmpty();
        }
    }

    private CutoverFollower follower(CutoverSettings cutover) {
        Follower remembers = new Follower() {
            @Override
            public CompletionStage<List<Unmet>> follow(ConsumerRecord<byte[], byte[]> change) {
                followed.add(StatusChange.listingOf(change.value()).orElse("unreadable"));
                return CompletableFuture.completedFuture(List.of());
            }

            @Override
            public boolean answersForReplays() {
                return true;
            }
        };
        return new CutoverFollower(
                cutover, change -> StatusChange.listingOf(change.value()), remembers, meters, Clock.systemUTC());
    }

    private static ConsumerRecord<byte[], byte[]> change(String listing) {
        String value = "{\"listing\":\"" + listing + "\",\"from\":\"active\",\"to\":\"closed\",\"seenAt\":"
                + "\"2026-11-22T12:00:00Z\",\"action\":\"unpublish\"}";
        return new ConsumerRecord<>("changes", 0, 0, null, value.getBytes(StandardCharsets.UTF_8));
    }
}
