package com.listingsync.console.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.meter.Meters;
import com.listingsync.console.verify.Difference.Kind;
import com.listingsync.console.verify.VerifyReport.TableReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known of Supabase as a whole, whoever asked for it. */
class LastProofTest {

    private final LastProof proof = new LastProof();

    @Test
    void isTheNewestOfTheWholeProject() {
        proof.found(report(2_000, 3, true));
        proof.found(report(1_000, 0, true));
        proof.found(report(3_000, 7, false));

        assertThat(proof.newest().orElseThrow().endedAt()).isEqualTo(2_000);
    }

    @Test
    void isInTheMeters() {
        try (Meters meters = new Meters()) {
            proof.measure(meters);
            assertThat(meters.scrape())
                    .contains("listings_verify_last_seconds 0.0", "listings_verify_differences{kind=\"missing\"} 0.0");

            proof.found(report(2_000, 3, true));

            assertThat(meters.scrape())
                    .contains("listings_verify_last_seconds 2.0", "listings_verify_differences{kind=\"missing\"} 3.0");
        }
    }

    private static VerifyReport report(long endedAt, long missing, boolean whole) {
        return new VerifyReport(
                0,
                endedAt,
                Map.of("properties", new TableReport(10, 10, Map.of(Kind.MISSING, missing))),
                List.of(),
                whole);
    }
}
