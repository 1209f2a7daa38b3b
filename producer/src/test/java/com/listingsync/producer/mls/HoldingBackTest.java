package com.listingsync.producer.mls;

import static com.listingsync.producer.mls.ScriptedMls.linked;
import static com.listingsync.producer.mls.ScriptedMls.ok;
import static com.listingsync.producer.mls.ScriptedMls.page;
import static com.listingsync.producer.mls.ScriptedMls.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.mls.ScriptedMls.Reading;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldingBackTest {

    private final ScriptedMls mls = new ScriptedMls();

    @AfterEach
    void stop() {
        mls.close();
    }

    @Test
    void aServerIsAskedAgainAfterTheWaitItNames() throws Exception {
        mls.server().enqueue(status(429).setHeader("Retry-After", "1").build());
        mls.server()
                .enqueue(status(429)
                        .setHeader("X-Rate-Limit-Retry-After-Seconds", "0")
                        .build());
        mls.server().enqueue(status(503).build());
        mls.server().enqueue(ok(page("1")));
        mls.server().enqueue(ok(page()));
        long begun = System.nanoTime();

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.keys()).containsExactly("1");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aServerIsLeftAloneWhenItNamesTooLongAWait() throws Exception {
        mls.server().enqueue(status(429).setHeader("Retry-After", "86400").build());

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.problem()).contains("HTTP 429").contains("wait 86400 s");
        assertThat(mls.server().getRequestCount()).isEqualTo(1);
    }

    @Test
    void aServerIsAskedForSmallerPagesWhenOneIsTooLarge() throws Exception {
        mls.server().enqueue(status(413).build());
        mls.server().enqueue(ok(page("1")));
        mls.server().enqueue(ok(page()));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.keys()).containsExactly("1");
        assertThat(mls.nextQuery().queryParameter("$top")).isEqualTo("100");
        assertThat(mls.nextQuery().queryParameter("$top")).isEqualTo("50");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsAskedForSmallerPagesAndForLargerOnesAgainLater() throws Exception {
        mls.server()
                .enqueue(new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
        mls.server()
                .enqueue(new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
        for (int i = 1; i < 10; i++) {
            mls.server().enqueue(ok(linked("Property?$skiptoken=" + i, Integer.toString(i))));
        }
        mls.server().enqueue(ok(page("10")));
        mls.server().enqueue(ok(page("99")));
        mls.server().enqueue(ok(page()));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.problem()).isNull();
        assertThat(mls.sizesAsked()).containsExactly("100", "50", "25", "25", "50");
    }

    @Test
    void aServerThatSaysWhenItsQuotaIsRenewedIsAskedAgainThen() throws Exception {
        mls.server()
                .enqueue(ok(page("1"))
                        .newBuilder()
                        .setHeader("Hour-Quota-Available", "0")
                        .setHeader("Hour-Quota-ResetTime", Long.toString(System.currentTimeMillis() + 1_000))
                        .build());
        mls.server().enqueue(ok(page()));
        long begun = System.nanoTime();

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.keys()).containsExactly("1");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void aServerThatLimitsOneFeedIsLeftAloneByAll() throws Exception {
        mls.server().enqueue(status(429).setHeader("Retry-After", "1").build());
        mls.server().enqueue(ok(page()));
        mls.server().enqueue(ok(page()));
        long begun = System.nanoTime();
        CompletableFuture<Reading> first = CompletableFuture.supplyAsync(() -> mls.reading(Paging.COMPOUND_CURSOR));
        mls.server().takeRequest();

        mls.server().takeRequest();
        CompletableFuture<Reading> second = CompletableFuture.supplyAsync(() -> mls.reading(Paging.COMPOUND_CURSOR));

        assertThat(first.get().problem()).isNull();
        assertThat(second.get().problem()).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
}
