package com.listingsync.console.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeftoversCheckTest {

    @Test
    void namesTheBrokerThatLooksSeldomForWhatAKilledServiceLeftOpen() {
        assertThat(LeftoversCheck.findings(Map.of("1", Optional.of("1000"), "2", Optional.of("10000"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Finding.Level.WARNING);
                    assertThat(finding.words()).startsWith("broker 2 looks every 10000 ms");
                    assertThat(finding.fix())
                            .contains("transaction.abort.timed.out.transaction.cleanup.interval.ms=1000");
                });
    }

    @Test
    void isContentWithBrokersThatLookEverySecond() {
        assertThat(LeftoversCheck.findings(Map.of("1", Optional.of("1000"), "2", Optional.of("500"))))
                .extracting(Finding::level)
                .containsExactly(Finding.Level.GOOD);
    }

    @Test
    void saysWhenABrokerDoesNotTell() {
        assertThat(LeftoversCheck.findings(Map.of("1", Optional.empty())))
                .extracting(Finding::level)
                .containsExactly(Finding.Level.UNSEEN);
    }
}
