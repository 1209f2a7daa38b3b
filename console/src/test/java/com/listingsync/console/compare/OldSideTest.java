package com.listingsync.console.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldSideTest {

    private static final OldSide.Entry NONE = new OldSide.Entry("", "", "/rest/v1", "");
    private static final Map<String, String> OWN = Map.of(
            "SUPABASE_URL", "https://new.supabase.co", "SUPABASE_SERVICE_ROLE_KEY", "new-key", "OLD_KEY", "old-key");

    @Test
    void isATableOfTheSameProject() {
        OldSide side = OldSide.of("old_listings", NONE, OWN);

        assertThat(side.table()).contains("old_listings");
        assertThat(side.environment()).containsAllEntriesOf(OWN).doesNotContainKey("SUPABASE_SCHEMA");
    }

    @Test
    void isATableOrAllTablesOfAnotherSchema() {
        assertThat(OldSide.of("legacy.homes", NONE, OWN).table()).contains("homes");
        OldSide all = OldSide.of("legacy.*", NONE, OWN);
        assertThat(all.table()).isEmpty();
        assertThat(all.environment()).containsEntry("SUPABASE_SCHEMA", "legacy");
    }

    @Test
    void isAnotherProjectWithAKeyOfItsOwn() {
        OldSide side = OldSide.of("https://old.supabase.co", new OldSide.Entry("OLD_KEY", "", "/rest/v1", "app"), OWN);

        assertThat(side.name()).isEqualTo("old.supabase.co, schema app").doesNotContain("old-key");
        assertThat(side.environment())
                .containsEntry("SUPABASE_URL", "https://old.supabase.co")
                .containsEntry("SUPABASE_SERVICE_ROLE_KEY", "old-key")
                .containsEntry("SUPABASE_SCHEMA", "app");
    }

    @Test
    void takesTheKeyFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "file-key\n");

        OldSide side =
                OldSide.of("https://old.supabase.co", new OldSide.Entry("", file.toString(), "/rest/v1", ""), OWN);

        assertThat(side.environment()).containsEntry("SUPABASE_SERVICE_ROLE_KEY", "file-key");
    }

    @Test
    void saysWhatIsWrongWithoutSecrets() {
        refused("https://old.supabase.co", NONE, "--against-key-env");
        refused("https://old.supabase.co", new OldSide.Entry("NOT_SET", "", "/", ""), "NOT_SET is not set");
        refused("https://old.supabase.co", new OldSide.Entry("", "/no/such/file", "/", ""), "can't be read");
        refused("http://old.supabase.co", new OldSide.Entry("OLD_KEY", "", "/", ""), "https");
        refused("https://me:pa55@old.supabase.co", new OldSide.Entry("OLD_KEY", "", "/", ""), "without user");
        refused("old listings; drop", NONE, "expected a table");
        refused("old_listings", new OldSide.Entry("OLD_KEY", "", "/", ""), "leave the key out");
    }

    private static void refused(String against, OldSide.Entry entry, String words) {
        assertThatThrownBy(() -> OldSide.of(against, entry, OWN))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("pa55")
                .hasMessageNotContaining("old-key");
    }
}
