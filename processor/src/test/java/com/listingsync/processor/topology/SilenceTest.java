package com.listingsync.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private static final FeedName MEDIA = new FeedName("mls", "media");
    private static final FeedName ROOMS = new FeedName("mls", "rooms");

    private final Silence silence = new Silence(3);
    private long now;

    @Test
    void callsFeedSilentAfterSoManyLooksWithoutWord() {
        RunState run = run(MEDIA);

        assertThat(looks(run, 2)).isEmpty();
        assertThat(looks(run, 1)).containsExactly(MEDIA);
    }

    @Test
    void beginsAnewWithEveryWord() {
        RunState run = run(MEDIA, ROOMS);
        looks(run, 2);

        silence.heard("r", new Outcome.StillReading(List.of(MEDIA), 1));
        silence.heard("r", new Outcome.Counted(ROOMS, Tally.of(Tally.WRITTEN, 1), 1));

        assertThat(looks(run, 1)).containsExactly(ROOMS);
    }

    @Test
    void callsNobodySilentWhileItsOwnWordIsUnderWay() {
        RunState run = run(MEDIA);

        assertThat(silence.look("r", 1)).isPresent();
        for (int i = 2; i < 20; i++) {
            assertThat(silence.look("r", i)).isEmpty();
        }

        assertThat(silence.silent(run, new Outcome.StillReading(List.of(), 1))).isEmpty();
    }

    @Test
    void takesNoOldWordForItsOwn() {
        RunState run = run(MEDIA);
        looks(run, 2);
        silence.look("r", 100);

        assertThat(silence.silent(run, new Outcome.StillReading(List.of(), 99))).isEmpty();
    }

    @Test
    void neverCallsReprocessesSilent() {
        assertThat(looks(run(new FeedName(ReprocessRequest.CONNECTION, "property")), 10))
                .isEmpty();
    }

    private List<FeedName> looks(RunState run, int times) {
        List<FeedName> silent = List.of();
        for (int i = 0; i < times; i++) {
            Optional<Outcome> word = silence.look("r", ++now);
            silent = silence.silent(run, word.orElseThrow());
        }
        return silent;
    }

    private static RunState run(FeedName... feeds) {
        return RunState.first("r", 0).plus(new Outcome.RunStarted(List.of(feeds), "cli", 0));
    }
}
