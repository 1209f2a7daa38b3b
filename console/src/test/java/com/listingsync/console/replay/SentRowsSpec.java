package com.listingsync.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.RecordHeaders;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Which rows a replay sends, where to, and what they do there. */
abstract class SentRowsSpec extends ReplaySpec {

    SentRowsSpec(ReplayStack stack) {
        super(stack);
    }

    @Test
    void bringsBackLostRowsAndLeavesTheOthersAsTheyAre() throws Exception {
        log.property("L1", 1, "100");
        log.property("L1", 2, "200");
        log.property("L2", 5, "500");
        log.media("L1", "M1", 1);
        log.flush();
        live.execute("insert into properties (listing_key, list_price, row_version) values ('L2', 999, 9)");

        ReplayStatus status = finished(request().build());

        assertThat(live.column(
                        "select listing_key || ' ' || list_price || ' ' || row_version from properties order by 1"))
                .containsExactly("L1 200 2", "L2 999 9");
        assertThat(live.count("media")).isEqualTo(1);
        assertThat(status.sent()).isEqualTo(4);
        assertThat(status.total().written()
                        + status.total().unchanged()
                        + status.total().skipped())
                .isEqualTo(4);
        assertThat(status.total().unchanged()).isPositive();
        assertThat(journal).hasSize(2);
        assertThat(journal.get(0)).startsWith("tester replay start");
        assertThat(journal.get(1)).startsWith("tester replay finish").contains("sent=4");
    }

    @Test
    void sendsWhatWasAskedForOnly() throws Exception {
        log.property("L1", 1, "1");
        log.property("L2", 1, "2");
        log.media("L1", "M1", 1);
        log.flush();

        finished(request().entities("property").keys("L1").build());

        assertThat(live.column("select listing_key from properties")).containsExactly("L1");
        assertThat(live.count("media")).isZero();
    }

    @Test
    void sendsATimeOrARunOrNothing() throws Exception {
        log.property("L1", 1, "1");
        log.flush();
        Instant between = await().until(Instant::now, now -> now.toEpochMilli() > lastTimestamp() + 5);
        log.property("L2", 1, "2");
        log.flush();

        finished(request().from(between.toString()).build());
        assertThat(live.column("select listing_key from properties")).containsExactly("L2");
        finished(request().run("another-run").build());
        assertThat(live.count("properties")).isEqualTo(1);
        finished(request().to(between.toString()).run(RowLog.RUN).build());

        assertThat(live.count("properties")).isEqualTo(2);
    }

    @Test
    void neitherBringsBackNorTakesAwayWhatWasPurged() throws Exception {
        log.property("L1", 1, "1");
        log.property("L2", 1, "1");
        log.purge("L1");
        log.purge("L2");
        log.property("L2", 7, "7");
        log.flush();
        live.execute("insert into properties (listing_key, list_price, row_version) values ('L2', 8, 8)");

        finished(request().build());

        assertThat(live.column("select listing_key || ' ' || list_price from properties"))
                .containsExactly("L2 8");
    }

    @Test
    void rebuildsAnotherProjectFromALogThatHasChildrenBeforeTheirParents() throws Exception {
        log.media("L1", "M1", 1);
        log.flush();
        for (int i = 0; i < 700; i++) {
            log.property("X" + i, 1, Integer.toString(i));
        }
        log.property("L1", 1, "1");
        log.property("L3", 1, "1");
        log.purge("L3");
        log.delete("L2", 4);
        log.flush();

        ReplayStatus status = finished(request().target().build());

        assertThat(status.total().refused()).isZero();
        assertThat(copy.count("properties")).isEqualTo(702);
        assertThat(copy.count("properties where deleted_at is not null")).isEqualTo(1);
        assertThat(copy.column("select media_key from media")).containsExactly("M1");
        assertThat(live.count("properties")).isZero();
    }

    @Test
    void refusesTheLiveProjectAsATargetUnlessItIsMeant() throws Exception {
        log.property("L1", 1, "1");
        log.flush();
        ReplayRequest onLive = new ReplayRequest(
                "rows",
                List.of(),
                List.of(),
                null,
                ReplayBound.NONE,
                ReplayBound.NONE,
                new ReplayTarget(live.url().replace("127.0.0.1", "localhost"), "/rest/v1", "SUPABASE_SERVICE_ROLE_KEY"),
                0,
                0,
                "tester");

        assertThatThrownBy(() -> replays.start(onLive, Replays.Live.REFUSED))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("the project that the sink writes to");
        ended(replays.start(onLive, Replays.Live.MEANT));

        assertThat(live.count("properties")).isEqualTo(1);
    }

    @Test
    void dryRunCountsAndSendsNothing() {
        log.property("L1", 1, "1");
        log.property("L1", 2, "2");
        log.media("L1", "M1", 1);
        log.flush();

        DryReplayReport report = replays.tried(request().build());

        assertThat(report.counts()).containsEntry("properties", 2L).containsEntry("media", 1L);
        assertThat(report.samples().get("properties")).containsExactly("L1");
        assertThat(report.lines()).contains("nothing was sent; 3 of 3 rows would be");
        assertThat(live.count("properties")).isZero();
        assertThat(replays.list()).isEmpty();
    }

    @Test
    void refusedRowsBecomeDeadLettersThatNameTheReplayAndItsTarget() throws Exception {
        log.property("L1", 1, "\"lots\"");
        log.property("L2", 1, "2");
        log.flush();

        ReplayStatus status = finished(request().target().build());

        assertThat(status.total().refused()).isEqualTo(1);
        assertThat(status.isWhole()).isFalse();
        assertThat(copy.column("select listing_key from properties")).containsExactly("L2");
        await().untilAsserted(() -> assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(RecordHeaders.text(letter.headers(), DeadLetter.CODE)).contains("22P02");
            assertThat(RecordHeaders.text(letter.headers(), ReplayMarks.REPLAY))
                    .contains(status.definition().id());
            assertThat(RecordHeaders.text(letter.headers(), ReplayMarks.TARGET))
                    .contains(copy.url().substring("http://".length()));
        }));
    }

    private long lastTimestamp() {
        return records(log.topics().rows().name()).stream()
                .mapToLong(ConsumerRecord::timestamp)
                .max()
                .orElse(0);
    }
}
