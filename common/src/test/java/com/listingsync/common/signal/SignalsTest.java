package com.listingsync.common.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.run.FeedName;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {

    private static final FeedName MEDIA = new FeedName("mls", "media");
    private static final FeedName ROOMS = new FeedName("mls", "rooms");

    @Test
    void holdsFeedByItself() {
        Signals signals = Signals.NONE.plus(paused("feed/mls/media"));

        assertThat(signals.holdingFeed(MEDIA)).isPresent();
        assertThat(signals.holdingFeed(ROOMS)).isEmpty();
        assertThat(signals.holdingConnection("mls")).isEmpty();
    }

    @Test
    void holdsFeedByItsConnection() {
        assertThat(Signals.NONE.plus(paused("connection/mls")).holdingFeed(MEDIA))
                .isPresent();
    }

    @Test
    void holdsEveryConnectionByTheProducer() {
        assertThat(Signals.NONE.plus(paused("producer")).holdingConnection("mls"))
                .isPresent();
    }

    @Test
    void letsGoWhatWasResumed() {
        Signals signals = Signals.NONE.plus(paused("sink")).plus(new Signal("sink", false, "ann", "", 2));

        assertThat(signals.holding(SignalTarget.SINK)).isEmpty();
        assertThat(signals.paused()).isEmpty();
    }

    @Test
    void saysWhoPausedWhatWhenAndWhy() {
        assertThat(paused("feed/mls/media").words())
                .isEqualTo("feed mls/media is paused since 1970-01-01T00:00:01Z by ann: migration");
    }

    @Test
    void leavesRecordsAloneThatAreNoSignals() {
        Signals before = Signals.NONE.plus(paused("sink"));

        Signals after = SignalFollower.after(
                before,
                new ConsumerRecord<>("t", 0, 0, bytes("sink"), bytes("{\"target\":\"everything\",\"paused\":true}")));

        assertThat(after).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"producer", "processor", "sink", "connection/mls", "feed/mls/media", "feed/my sheet/Tab%2F1"})
    void readsTargetsAsTheyAreWritten(String text) {
        assertThat(SignalTarget.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "database", "connection", "feed/mls", "sink/1", "connection/"})
    void refusesTargetsThatNameNothing(String text) {
        assertThatThrownBy(() -> SignalTarget.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Signal paused(String target) {
        return new Signal(target, true, "ann", "migration", 1_000);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
