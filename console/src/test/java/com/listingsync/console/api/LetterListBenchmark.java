package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.deadletter.DeadLetters;
import com.listingsync.console.deadletter.LetterFilter;
import com.listingsync.console.kafka.KafkaAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/**
 * What lists of dead letters cost with a million of them: the first reading, then pages at random places while the list is read again
 * behind them. Prints percentiles in milliseconds. Argument: HOST:PORT of a broker that {@code LetterBenchmark fill} has filled. Run
 * it with {@code -Xmx512m}.
 */
final class LetterListBenchmark {

    private static final int CALLS = 5_000;
    private static final int PAGE = 50;

    private LetterListBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        KafkaAccess access = KafkaAccess.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", arguments[0]));
        try (LetterShelf shelf = new LetterShelf(
                LetterShelf.Reading.of(new DeadLetters(access, 3)),
                Duration.ofMinutes(10),
                Clock.systemUTC(),
                news -> {})) {
            long begun = System.nanoTime();
            DeadLetters.Page all = shelf.list(LetterFilter.ALL).content();
            System.out.printf("%,d letters read in %.1f s%n", all.matching(), (System.nanoTime() - begun) / 1e9);
            Random random = new Random(1);
            long[] nanos = new long[CALLS];
            for (int i = 0; i < CALLS; i++) {
                long from = System.nanoTime();
                ArrayNode items = Json.MAPPER.createArrayNode();
                DeadLetters.Page list = shelf.list(LetterFilter.ALL).content();
                LetterShelf.page(list, random.nextInt(list.letters().size()), PAGE)
                        .forEach(letter -> items.add(letter.json()));
                Json.MAPPER.writeValueAsBytes(items);
                nanos[i] = System.nanoTime() - from;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "a page anywhere: p50 %.2f ms, p99 %.2f ms, longest %.2f ms%n",
                    nanos[CALLS / 2] / 1e6, nanos[CALLS * 99 / 100] / 1e6, nanos[CALLS - 1] / 1e6);
        }
    }
}
