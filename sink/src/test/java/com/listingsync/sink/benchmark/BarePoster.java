package com.listingsync.sink.benchmark;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The baseline: polls, posts batches in no order with 8 in flight, and hopes for the best. No retry, guard, dead letters, counts,
 * offsets or meters.
 *
 * <p>Environment: {@code BOOTSTRAP}, {@code TOPIC}, {@code ADDRESS} (with its query), {@code KEY}.
 */
public final class BarePoster {

    private static final int BATCH = 500;
    private static final int IN_FLIGHT = 8;

    private BarePoster() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest template = HttpRequest.newBuilder(URI.create(environment.get("ADDRESS")))
                .header("Authorization", "Bearer " + environment.get("KEY"))
                .header("Content-Type", "application/json")
                .header("Prefer", "resolution=merge-duplicates,return=minimal")
                .build();
        Semaphore places = new Semaphore(IN_FLIGHT);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", environment.get("BOOTSTRAP"),
                        "group.id", "bare-poster",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false",
                        "max.poll.records", Integer.toString(BATCH * IN_FLIGHT)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(environment.get("TOPIC")));
            List<byte[]> batch = new ArrayList<>(BATCH);
            while (true) {
                boolean idle = true;
                for (ConsumerRecord<byte[], byte[]> row : consumer.poll(Duration.ofMillis(100))) {
                    idle = false;
                    batch.add(row.value());
                    if (batch.size() == BATCH) {
                        post(client, template, batch, places);
                        batch.clear();
                    }
                }
                if (idle && !batch.isEmpty()) {
                    post(client, template, batch, places);
                    batch.clear();
                }
            }
        }
    }

    private static void post(HttpClient client, HttpRequest template, List<byte[]> rows, Semaphore places)
            throws InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(rows.size() * 800);
        body.write('[');
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(rows.get(i));
        }
        body.write(']');
        places.acquire();
        HttpRequest request = HttpRequest.newBuilder(template, (name, value) -> true)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((response, failure) -> {
            places.release();
            if (failure != null || response.statusCode() >= 300) {
                System.err.println(failure == null ? response.statusCode() : failure);
            }
        });
    }
}
