package com.listingsync.producer.mls;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.Secret;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.embedded.world.WorldPlan;
import com.listingsync.producer.connection.Auth;
import com.listingsync.producer.connection.Limits;
import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.RetryRule;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that store finer time than they print, as facts.md §1 has them, with pages much smaller than their ties. */
class DrainTest {

    private static final int PAGE = 50;

    @ParameterizedTest
    @CsvSource({
        "MICROS, SECONDS",
        "MICROS, MILLIS",
        "MICROS, MICROS",
        "MILLIS, SECONDS",
        "MILLIS, MILLIS",
        "SECONDS, SECONDS"
    })
    void everyRowArrivesOnceWhateverIsStoredAndPrinted(ChronoUnit stored, ChronoUnit printed) throws Exception {
        try (SampleWorld world = SampleWorld.generate(WorldPlan.of(6, 400).withTimestampUnit(stored));
                SampleMls mls = new SampleMls(
                                world,
                                MlsOptions.defaults().withMaxPageSize(PAGE).withPrintedUnit(printed))
                        .start()) {
            ScriptedMls.Reading reading = read(mls);

            assertThat(reading.problem()).isNull();
            assertThat(reading.keys()).doesNotHaveDuplicates().hasSameElementsAs(keys(world));
        }
    }

    @Test
    void aServerThatPrintsAllItStoresIsAskedOnceWhetherItDoes() throws Exception {
        try (SampleWorld world = SampleWorld.generate(WorldPlan.of(6, 400));
                SampleMls mls = new SampleMls(world, MlsOptions.defaults().withMaxPageSize(PAGE)).start()) {
            ScriptedMls.Reading reading = read(mls);

            // Eight pages, the empty one behind them, and the question, whose empty answer is asked for twice.
            assertThat(mls.requestCount()).isEqualTo(8 + 1 + 2);
            assertThat(reading.states().get(7).moment().grain()).isEqualTo(ClockGrain.AS_PRINTED);
        }
    }

    private static List<String> keys(SampleWorld world) {
        return world.records(Resource.PROPERTY, Feed.VOW).stream()
                .map(record -> record.get("ListingKey").asText())
                .toList();
    }

    private static ScriptedMls.Reading read(SampleMls mls) throws InterruptedException {
        Limits unlimited =
                new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), 4);
        RetryRule rule = new RetryRule(1, Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
        Auth auth = new Auth.Token(new Secret(mls.vowToken()));
        try (Meters meters = new Meters();
                UpstreamHttp http = new UpstreamHttp(
                        "sample",
                        auth,
                        new Guard("sample", unlimited, rule, meters, Clock.systemUTC()),
                        rule.silence(),
                        meters,
                        Clock.systemUTC())) {
            FeedQuery query = new FeedQuery(
                    HttpUrl.get(mls.uri().toString()), Feeds.property(Paging.COMPOUND_CURSOR), true, List.of());
            Handover handover = new Handover();
            ReadState start = new ReadState(Cursor.FIRST, null, null);
            Thread fetching = new Thread(new PageFetcher(http, query, start, new PageSize(PAGE), handover));
            fetching.start();
            ScriptedMls.Reading reading = new ScriptedMls.Reading();
            while (!reading.hasEnded()) {
                handover.next().on(reading);
            }
            fetching.join();
            return reading;
        }
    }
}
