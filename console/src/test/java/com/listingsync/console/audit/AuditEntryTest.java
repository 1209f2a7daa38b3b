package com.listingsync.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditEntryTest {

    private static final AuditEntry BEGUN = new AuditEntry(
            "20261122-074500-k7fq",
            1_764_000_000_000L,
            "ann@desk",
            "dlq replay",
            "--stage sink --code 22P02",
            "column widened",
            AuditEntry.Phase.BEGUN,
            Map.of(),
            null);

    @Test
    void readsWhatItWrites() {
        AuditEntry ended = BEGUN.ended(Map.of("replayed", 3L), null, BEGUN.at() + 10);

        assertThat(AuditEntry.of(ended.bytes())).isEqualTo(ended);
    }

    @Test
    void staysReadableWithFieldsThatALaterVersionAdds() {
        String later = new String(BEGUN.bytes(), StandardCharsets.UTF_8).replaceFirst("\\{", "{\"shoe\":42,");

        assertThat(AuditEntry.of(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(BEGUN);
    }

    @Test
    void needsSomebodyWhoActs() {
        assertThatThrownBy(() ->
                        new AuditEntry("a", 0, " ", "dlq replay", "", null, AuditEntry.Phase.BEGUN, Map.of(), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsCountsProblemsAndWhatNeverEnded() {
        List<String> lines = AuditText.lines(List.of(
                BEGUN,
                BEGUN.ended(Map.of("replayed", 3L, "refused", 1L), null, BEGUN.at()),
                BEGUN.ended(Map.of("replayed", 2L), "Kafka went away", BEGUN.at())));

        assertThat(lines.get(1)).contains("ann@desk", "dlq replay", "begun, not ended", "column widened");
        assertThat(lines.get(2)).contains("1 refused, 3 replayed");
        assertThat(lines.get(3)).contains("failed: Kafka went away (2 replayed)");
    }

    @Test
    void namesThePersonAtTheCommandLine() {
        assertThat(Actor.ofShell(Map.of("USER", "ann", "HOSTNAME", "desk")).name())
                .isEqualTo("ann@desk");
        assertThat(Actor.ofShell(Map.of("USER", "root", "SUDO_USER", "ann", "HOSTNAME", "desk"))
                        .name())
                .isEqualTo("ann@desk");
        assertThat(Actor.ofApiKey("dashboard").name()).isEqualTo("api:dashboard");
    }
}
