package com.listingsync.producer.schedule;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.producer.publish.Announcements;
import com.listingsync.producer.publish.CommittedReader;
import com.listingsync.producer.publish.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code sync.connections} equal to the connections file, for the partitions that this producer has: the connections
 * of a partition of {@code sync.commands} stand in the partition of the same number, so whoever runs them also announces
 * them, and withdraws those that the file no longer has. Thread-safe; works on a thread of its own.
 */
final class ConnectionCatalogue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionCatalogue.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final KafkaAccess kafka;
    private final List<ConnectionCard> cards;
    private final Announcements announcements;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "catalogue");
        made.setDaemon(true);
        return made;
    });
    private volatile Optional<String> problem = Optional.empty();

    ConnectionCatalogue(KafkaAccess kafka, List<ConnectionCard> cards, Announcements announcements) {
        this.kafka = kafka;
        this.cards = List.copyOf(cards);
        this.announcements = announcements;
    }

    /** Brings some partitions up to date, now or once Kafka is well. */
    void publish(Set<Integer> partitions) {
        if (!partitions.isEmpty()) {
            thread.execute(() -> publishUntilDone(partitions));
        }
    }

    /** Why the catalogue is not up to date; empty when it is. */
    Optional<String> problem() {
        return problem;
    }

    @Override
    public void close() {
        closing.countDown();
        thread.shutdownNow();
    }

    private void publishUntilDone(Set<Integer> partitions) {
        try {
            do {
                try {
                    publishNow(partitions);
                    problem = Optional.empty();
                    return;
                } catch (KafkaException e) {
                    // Commands are followed all the same; tools see the catalogue as it was until this works.
                    problem = Optional.of("the connections could not be announced to tools yet");
                    LOG.atWarn().setCause(e).log("connections could not be announced, trying again");
                }
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // The service stops; whoever has the partitions next announces.
            Thread.currentThread().interrupt();
        }
    }

    private void publishNow(Set<Integer> partitions) {
        TopicSpec topic = kafka.topics().connections();
        Map<String, byte[]> before = new TreeMap<>();
        new CommittedReader(kafka)
                .readAll(
                        partitions.stream()
                                .map(number -> new TopicPartition(topic.name(), number))
                                .toList(),
                        record -> {
                            String name = new String(record.key(), StandardCharsets.UTF_8);
                            if (record.value() == null) {
                                before.remove(name);
                            } else {
                                before.put(name, record.value());
                            }
                        });
        Map<String, ConnectionCard> now = new TreeMap<>();
        for (ConnectionCard card : cards) {
            byte[] key = ControlKey.of(card.name());
            if (partitions.contains(ListingPartitioner.partition(key, topic.partitions()))) {
                now.put(card.name(), card);
            }
        }
        now.forEach((name, card) -> {
            if (!Arrays.equals(before.get(name), card.bytes())) {
                announcements.publish(card);
            }
        });
        before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(announcements::withdraw);
    }
}
