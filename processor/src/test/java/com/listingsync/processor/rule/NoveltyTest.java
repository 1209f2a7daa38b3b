package com.listingsync.processor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoveltyTest {

    private static final long MAPPING = 7;

    /** Sightings as {@code version:content}, a delete as {@code version:-}, one that said so of itself as {@code 5:a!}. */
    @ParameterizedTest(name = "{1} after {0} is {2}")
    @CsvSource({
        "5:a, 5:a, DUPLICATE",
        "5:a, 5:b, NEW",
        "5:a, 6:b, NEW",
        "5:a, 6:a, UNCHANGED",
        "5:a, 4:b, STALE",
        "5:a, 4:a, STALE",
        "5:a, 5:-, NEW",
        "5:a, 6:-, NEW",
        "5:a, 4:-, STALE",
        "5:-, 5:a, NEW",
        "5:-, 6:a, NEW",
        "5:-, 4:a, STALE",
        "5:-, 5:-, DUPLICATE",
        "5:-, 6:-, DUPLICATE",
        "5:a!, 5:a, DUPLICATE",
        "5:a!, 6:a, NEW",
        "5:a!, 5:b, NEW",
        "5:0, 5:0, NEW"
    })
    void judgesRecordAgainstLastSeen(String last, String now, Novelty expected) {
        assertThat(Novelty.of(sighting(last), sighting(now))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "replayed, {1} after {0} is {2}")
    @CsvSource({
        "5:a, 5:a, NEW",
        "5:a, 6:a, NEW",
        "5:a, 5:b, STALE",
        "5:a, 4:a, STALE",
        "5:a, 4:b, STALE",
        "5:-, 5:a, STALE",
        "5:-, 6:a, NEW",
        "5:a!, 5:a, STALE",
        "5:0, 5:a, NEW",
        "5:a, 5:-, NEW",
        "5:-, 5:-, STALE"
    })
    void letsAReplayedRecordUndoNothing(String last, String now, Novelty expected) {
        assertThat(Novelty.ofReplay(sighting(last), sighting(now))).isEqualTo(expected);
    }

    @Test
    void takesAReplayedRecordThatWasConfirmedSinceForWhatItsSourceSaysNow() {
        Sighting confirmed = sighting("6:a").asRefused();
        Sighting replayed = sighting("5:a").replayedAfter(confirmed);

        assertThat(replayed.version()).isEqualTo(6);
        assertThat(Novelty.ofReplay(confirmed, replayed)).isEqualTo(Novelty.NEW);
        assertThat(sighting("5:b").replayedAfter(confirmed).version()).isEqualTo(5);
        assertThat(sighting("5:a").replayedAfter(sighting("6:a")).version()).isEqualTo(5);
    }

    @Test
    void takesFirstRecordForNewAndFirstDeleteForAbsent() {
        assertThat(Novelty.of(null, sighting("5:a"))).isEqualTo(Novelty.NEW);
        assertThat(Novelty.of(null, sighting("5:-"))).isEqualTo(Novelty.ABSENT);
    }

    @Test
    void takesEqualRecordForNewWhenTheMappingHasChanged() {
        Sighting last = new Sighting(5, 10, MAPPING, false);

        assertThat(Novelty.of(last, new Sighting(5, 10, MAPPING + 1, false))).isEqualTo(Novelty.NEW);
        assertThat(Novelty.of(last, new Sighting(4, 10, MAPPING + 1, false))).isEqualTo(Novelty.STALE);
    }

    @Test
    void takesForgottenRecordForNew() {
        Sighting last = sighting("5:a").forgotten();

        assertThat(Novelty.of(last, sighting("5:a"))).isEqualTo(Novelty.NEW);
    }

    private static Sighting sighting(String text) {
        String[] parts = text.split(":");
        long version = Long.parseLong(parts[0]);
        boolean deleted = parts[1].endsWith("-") || parts[1].endsWith("!");
        long content = Character.digit(parts[1].charAt(0), 16);
        return new Sighting(version, parts[1].equals("-") ? Fingerprint.NONE : content, MAPPING, deleted);
    }
}
