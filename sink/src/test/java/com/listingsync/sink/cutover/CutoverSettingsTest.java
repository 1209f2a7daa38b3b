package com.listingsync.sink.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CutoverSettingsTest {

    @Test
    void writesEverythingUnlessItIsToldOtherwise() {
        CutoverSettings usual = settings(Map.of());

        assertThat(usual.mode()).isEqualTo(SyncMode.LIVE);
        assertThat(usual.share()).isEqualTo(Share.ALL);
    }

    @Test
    void readsModesAsTheyAreWritten() {
        assertThat(settings(Map.of("SYNC_MODE", "shadow")).mode()).isEqualTo(SyncMode.SHADOW);
        assertThat(settings(Map.of("SYNC_MODE", "Shadow-Schema")).mode()).isEqualTo(SyncMode.SHADOW_SCHEMA);
        assertThatThrownBy(() -> settings(Map.of("SYNC_MODE", "shadows")))
                .hasMessageContaining("SYNC_MODE")
                .hasMessageContaining("live, shadow, shadow-schema");
    }

    @Test
    void refusesAShareThatIsNone() {
        assertThatThrownBy(() -> settings(Map.of("SYNC_CUTOVER_PERCENT", "101")))
                .hasMessageContaining("SYNC_CUTOVER_PERCENT: expected 0 to 100; found 101");
    }

    @Test
    void keepsTrialRowsOutOfTheSchemaThatEverybodyReads() {
        CutoverSettings trial = settings(Map.of("SYNC_MODE", "shadow-schema"));

        assertThatThrownBy(() -> trial.requireApart(""))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("SUPABASE_SCHEMA")
                .hasMessageContaining("none");
        assertThatThrownBy(() -> trial.requireApart("public")).hasMessageContaining("'public'");
        assertThatCode(() -> trial.requireApart("shadow")).doesNotThrowAnyException();
        assertThatCode(() -> settings(Map.of()).requireApart("")).doesNotThrowAnyException();
    }

    @Test
    void saysInWordsHowFarItHasTakenOver() {
        assertThat(settings(Map.of()).words()).isEqualTo("all listings are written");
        assertThat(settings(Map.of()).isComplete()).isTrue();
        assertThat(settings(Map.of("SYNC_MODE", "shadow")).words()).startsWith("nothing is written");
        assertThat(settings(Map.of("SYNC_MODE", "shadow-schema")).isComplete()).isFalse();
        assertThat(settings(Map.of("SYNC_CUTOVER_PERCENT", "0")).words())
                .isEqualTo("no listing is written, all are left to an older sync (SYNC_CUTOVER_PERCENT is 0)");
        assertThat(settings(Map.of("SYNC_CUTOVER_PERCENT", "25", "SYNC_MODE", "shadow-schema"))
                        .words())
                .isEqualTo(
                        "25 % of the listings are written in a schema of their own, no post is taken down, nobody is told"
                                + " (SYNC_MODE is shadow-schema), the others are left to an older sync (SYNC_CUTOVER_PERCENT is 25)");
    }

    private static CutoverSettings settings(Map<String, String> environment) {
        return EnvRecords.read(CutoverSettings.class, environment);
    }
}
