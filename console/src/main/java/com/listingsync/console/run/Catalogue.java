package com.listingsync.console.run;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.StopSignal;
import java.time.Duration;
import java.util.List;

/**
 * The connections that can be asked for, as the producers announce them on {@code sync.connections}; a tool needs no
 * connections file. Immutable.
 *
 * @param connections by name
 */
public record Catalogue(List<ConnectionCard> connections) {

    /** A producer that has just started announces its connections within this time. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(300);

    public Catalogue {
        connections = List.copyOf(connections);
    }

    /**
     * The catalogue as it is now; one that is empty is looked at again for a few seconds.
     *
     * @throws CommandFailure when it stays empty: no producer has ever run here
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    public static Catalogue read(KafkaAccess access, StopSignal stop) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        do {
            List<ConnectionCard> cards = LatestRecords.of(
                            access, access.topics().connections())
                    .values()
                    .stream()
                    .map(ConnectionCard::of)
                    .toList();
            if (!cards.isEmpty()) {
                return new Catalogue(cards);
            }
        } while (System.nanoTime() < giveUp && !stop.await(PAUSE));
        throw new CommandFailure("no producer answers: none has announced a connection on "
                + access.topics().connections().name() + "; './listing-sync producer' starts one");
    }
}
