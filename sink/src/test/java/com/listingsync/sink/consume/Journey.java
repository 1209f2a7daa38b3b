package com.listingsync.sink.consume;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.Tally;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.sink.deliver.DeliverySettings;
import com.listingsync.sink.deliver.SupabaseDelivery;
import com.listingsync.sink.deliver.SupabaseSettings;
import com.listingsync.sink.rest.TableServer;
import com.listingsync.sink.rest.TableServer.Mood;
import com.listingsync.sink.rest.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A log's way into the tables: polls of any size, a server of any mood, and rounds that are given up in the middle as a kill or a
 * rebalance does, after which their records come again. What the ledger would record counts only when a round is recorded.
 */
final class Journey implements AutoCloseable {

    private static final int MOST_AT_A_TIME = 4;

    private final Sequence sequence;
    private final TableServer server;
    private final Random random;
    private final Tables tables = new Tables();
    private final Meters meters = new Meters();
    private final SupabaseDelivery supabase;
    private final RoundDelivery rounds;
    private final long[] positions = new long[Sequence.PARTITIONS];
    private final List<Sequence.Place> deadLetters = new ArrayList<>();
    private final Map<String, Long> tally = new HashMap<>();
    private final int trouble;
    private long deadRows;
    private boolean calm = true;
    private int overlaps;

    /** What a poll at the end of a delivery waits for. */
    private volatile CountDownLatch requestsLeft = new CountDownLatch(0);

    Journey(Sequence sequence, TableServer server, Executor workers) {
        this.sequence = sequence;
        this.server = server;
        this.random = new Random(sequence.counted() * 31 + sequence.bad().size());
        // A third of the journeys has fair weather all the way.
        this.trouble = random.nextInt(3) * 12;
        Map<String, String> environment = Map.of(
                "SUPABASE_URL", server.uri().toString(),
                "SUPABASE_REST_PATH", "/",
                "SUPABASE_SERVICE_ROLE_KEY", "key",
                "SYNC_BATCH_SIZE", Integer.toString(1 + random.nextInt(30)),
                "SYNC_RETRY_DELAY", "1ms",
                "SYNC_RETRY_ATTEMPTS", "2",
                "SYNC_CIRCUIT_BREAKER_TIMEOUT", "1ms",
                "SYNC_REFUSAL_LIMIT", "0");
        this.supabase = new SupabaseDelivery(
                EnvRecords.read(SupabaseSettings.class, environment),
                EnvRecords.read(DeliverySettings.class, environment),
                meters);
        this.rounds = new RoundDelivery(supabase, workers, Duration.ofMillis(1), meters, Clock.systemUTC());
        server.reset(tables, this::mood);
    }

    void travel() {
        RowReader reader = new RowReader(List.of(Sequence.PARENTS, Sequence.CHILDREN));
        while (true) {
            ConsumerRecords<byte[], byte[]> polled = poll();
            if (polled.isEmpty()) {
                server.settle();
                return;
            }
            Round round = Round.of(polled, reader, supabase::limits);
            boolean givenUp = random.nextInt(100) < trouble;
            requestsLeft = new CountDownLatch(givenUp ? 1 + random.nextInt(4) : 0);
            List<Delivery> deliveries = new ArrayList<>(List.of(rounds.start(round)));
            while (deliveries.size() < MOST_AT_A_TIME && beginBehind(deliveries, reader)) {
                overlaps++;
            }
            if (givenUp) {
                deliveries.stream().skip(1).forEach(Delivery::giveUp);
                giveUp(deliveries.get(0));
                deliveries.stream().skip(1).forEach(Delivery::abandon);
            } else {
                deliveries.forEach(delivery -> record(delivery.report()));
            }
        }
    }

    /** Whether there is a round after these, and it may begin before they are done. */
    private boolean beginBehind(List<Delivery> deliveries, RowReader reader) {
        long[] before = positions.clone();
        deliveries.forEach(delivery ->
                delivery.round().end().forEach((partition, end) -> positions[partition.partition()] = end.offset()));
        ConsumerRecords<byte[], byte[]> polled = poll();
        System.arraycopy(before, 0, positions, 0, before.length);
        if (polled.isEmpty()) {
            return false;
        }
        Optional<Delivery> begun = rounds.startBehind(Round.of(polled, reader, supabase::limits), deliveries);
        begun.ifPresent(deliveries::add);
        return begun.isPresent();
    }

    /** Rounds that began before the one before them was done. */
    int overlaps() {
        return overlaps;
    }

    Tables tables() {
        return tables;
    }

    List<Sequence.Place> deadLetters() {
        return deadLetters;
    }

    /** Rows of somebody's books that became dead letters. */
    long deadRows() {
        return deadRows;
    }

    long counted() {
        return tally.values().stream().mapToLong(Long::longValue).sum();
    }

    long written() {
        return tally.getOrDefault(Tally.WRITTEN, 0L);
    }

    long refused() {
        return tally.getOrDefault(Tally.refused("22P02"), 0L);
    }

    /** Whether every answer was heard and every round recorded. */
    boolean calm() {
        return calm;
    }

    @Override
    public void close() {
        supabase.close();
        meters.close();
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (int partition = 0; partition < positions.length; partition++) {
            List<ConsumerRecord<byte[], byte[]>> all = sequence.records(partition);
            int from = (int) positions[partition];
            int to = Math.min(all.size(), from + random.nextInt(40) + (polled.isEmpty() ? 1 : 0));
            if (to > from) {
                polled.put(new TopicPartition(Sequence.TOPIC, partition), all.subList(from, to));
                next.put(new TopicPartition(Sequence.TOPIC, partition), new OffsetAndMetadata(to));
            }
        }
        return new ConsumerRecords<>(polled, next);
    }

    private void giveUp(Delivery delivery) {
        calm = false;
        try {
            // Either so many requests have been made, or there were not so many.
            while (requestsLeft.getCount() > 0 && !delivery.awaitDone(Duration.ofMillis(1))) {
                continue;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delivery.abandon();
    }

    private void record(RoundReport report) {
        report.round().end().forEach((partition, end) -> positions[partition.partition()] = end.offset());
        report.books()
                .tallies()
                .values()
                .forEach(counts -> counts.counts().forEach((name, rows) -> tally.merge(name, rows, Long::sum)));
        report.deadLetters().forEach(dead -> {
            DeadLetter.Position at = dead.why().origin().orElseThrow();
            deadLetters.add(new Sequence.Place(at.partition(), at.offset()));
            deadRows += dead.why().code().equals("22P02") ? 1 : 0;
        });
    }

    private Mood mood(TableServer.Upsert request) {
        requestsLeft.countDown();
        int dice;
        int kind;
        synchronized (random) {
            dice = random.nextInt(100);
            kind = random.nextInt(9);
        }
        if (dice >= trouble) {
            return TableServer.WILLING;
        }
        return switch (kind) {
            case 0 -> new Mood.Saying(503, "PGRST001");
            case 1 -> new Mood.Saying(400, "");
            case 2 -> new Mood.Saying(504, "PGRST003");
            case 3 -> new Mood.Saying(500, "57014");
            case 4 -> new Mood.Saying(401, "PGRST303");
            case 5 -> request.rows() > 1 ? new Mood.Saying(413, "") : TableServer.WILLING;
            case 6 -> unheard(new Mood.Mute());
            case 7 -> unheard(new Mood.Late());
            default -> unheard(new Mood.Gone());
        };
    }

    private Mood unheard(Mood mood) {
        calm = false;
        return mood;
    }
}
