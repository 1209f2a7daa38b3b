package com.listingsync.sink.benchmark;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The baseline: Confluent's Parallel Consumer, unordered, posting batches of 500 with 8 in flight. No retry, guard, dead letters,
 * counts or meters.
 *
 * <p>Environment: {@code BOOTSTRAP}, {@code TOPIC}, {@code ADDRESS} (with its query), {@code KEY}.
 */
public final class ParallelPoster {

    private static final int BATCH = 500;
    private static final int IN_FLIGHT = 8;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest template;

    private ParallelPoster(Map<String, String> environment) {
        this.template = HttpRequest.newBuilder(URI.create(environment.get("ADDRESS")))
                .header("Authorization", "Bearer " + environment.get("KEY"))
                .header("apikey", environment.get("KEY"))
                .header("Content-Type", "application/json")
                .header("Prefer", "resolution=merge-duplicates,return=minimal")
                .build();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        ParallelPoster poster = new ParallelPoster(environment);
        ParallelStreamProcessor<byte[], byte[]> processor =
                ParallelStreamProcessor.createEosStreamProcessor(ParallelConsumerOptions.<byte[], byte[]>builder()
                        .consumer(unrecognised(consumer(environment)))
                        .ordering(ProcessingOrder.UNORDERED)
                        .maxConcurrency(IN_FLIGHT)
                        .batchSize(BATCH)
                        .build());
        processor.subscribe(List.of(environment.get("TOPIC")));
        processor.poll(records -> poster.post(records.getConsumerRecordsFlattened().stream()
                .map(row -> row.value())
                .toList()));
        new CountDownLatch(1).await();
    }

    private void post(List<byte[]> rows) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(rows.size() * 800);
        byte separator = '[';
        for (byte[] row : rows) {
            body.write(separator);
            body.writeBytes(row);
            separator = ',';
        }
        body.write(']');
        HttpRequest request = HttpRequest.newBuilder(template, (name, value) -> true)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= 300) {
                throw new IllegalStateException("HTTP " + status);
            }
        } catch (IOException e) {
            // Parallel Consumer logs it and hands the batch in again.
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            // The process ends.
            Thread.currentThread().interrupt();
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, String> environment) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", environment.get("BOOTSTRAP"),
                        "group.id", "parallel-poster",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false",
                        "max.poll.records", Integer.toString(BATCH * IN_FLIGHT)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Parallel Consumer looks into fields that KafkaConsumer no longer has; one that it does not know it leaves alone. */
    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> unrecognised(KafkaConsumer<byte[], byte[]> consumer) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                ParallelPoster.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(consumer, arguments);
                    } catch (InvocationTargetException e) {
                        // What the consumer itself throws.
                        throw e.getCause();
                    }
                });
    }
}
