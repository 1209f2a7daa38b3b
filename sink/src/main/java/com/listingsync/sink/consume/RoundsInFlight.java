package com.listingsync.sink.consume;

import com.listingsync.sink.deliver.SupabaseDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The rounds that are under way, in their order. A row is never in flight twice: a round begins when those before it are done, or while
 * their last batches are under way if it has no row in common with them. Confined to the loop's thread.
 */
final class RoundsInFlight {

    /** Of full batches these are more than the requests that are in flight at most. */
    private static final int MOST = 6;

    private static final int SPARE = 2;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    /** Of large rows few rounds are enough, and all that there is room for. */
    private static final long MOST_BYTES = 24 * 1024 * 1024;

    private final RoundDelivery rounds;
    private final SupabaseDelivery supabase;
    private final List<Delivery> deliveries = new ArrayList<>();

    RoundsInFlight(RoundDelivery rounds, SupabaseDelivery supabase) {
        this.rounds = rounds;
        this.supabase = supabase;
    }

    boolean isEmpty() {
        return deliveries.isEmpty();
    }

    /** Whether the round was begun; false when it must wait for one of those under way. */
    boolean begun(Round next) {
        if (isEmpty()) {
            deliveries.add(rounds.start(next));
            return true;
        }
        Optional<Delivery> behind =
                hasRoomFor(next) ? rounds.startBehind(next, List.copyOf(deliveries)) : Optional.empty();
        behind.ifPresent(deliveries::add);
        return behind.isPresent();
    }

    /** Waits this long at most for the first one; whether it is done. */
    boolean awaitFirst(Duration atMost) throws InterruptedException {
        return isEmpty() || deliveries.get(0).awaitDone(atMost);
    }

    /** Waits this long at most; whether the first one is done, or it has become worth while to ask again whether this round may begin. */
    boolean awaitChance(Round next, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean could = couldBegin(next);
        while (!awaitFirst(LOOK_AGAIN)) {
            if (!could && couldBegin(next)) {
                return true;
            }
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing but a common row keeps this round from beginning. */
    private boolean couldBegin(Round next) {
        return isEmpty()
                || (hasRoomFor(next) && deliveries.get(deliveries.size() - 1).isEnding());
    }

    /** What became of the first one; empty while it is under way. */
    Optional<RoundReport> takeDone() throws InterruptedException {
        if (isEmpty() || !deliveries.get(0).awaitDone(Duration.ZERO)) {
            return Optional.empty();
        }
        return Optional.of(deliveries.remove(0).report());
    }

    /** Sends nothing more of them and waits for what is under way; their rows come again. Returns where they began. */
    Map<TopicPartition, Long> giveUp() {
        // All are told before any is waited for.
        deliveries.forEach(Delivery::giveUp);
        deliveries.forEach(Delivery::abandon);
        Map<TopicPartition, Long> begin = new HashMap<>();
        deliveries.forEach(delivery -> delivery.round().begin().forEach(begin::putIfAbsent));
        deliveries.clear();
        return begin;
    }

    /** One batch more than there are places is waiting at least, so none is ever free; and little more, because it would only be held. */
    private boolean hasRoomFor(Round next) {
        long bytes = next.bytes();
        int batches = 0;
        for (Delivery delivery : deliveries) {
            bytes += delivery.round().bytes();
            batches += delivery.batchesLeft();
        }
        return deliveries.size() < MOST && bytes <= MOST_BYTES && batches <= supabase.inFlightLimit() + SPARE;
    }
}
