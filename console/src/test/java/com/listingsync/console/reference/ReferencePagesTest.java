package com.listingsync.console.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void settingsPageIsTheCommittedOne() throws IOException {
        assertThat(SettingsPage.markdown())
                .as("./listing-sync settings > docs/settings.md")
                .isEqualTo(Files.readString(DOCS.resolve("settings.md")));
    }

    @Test
    void metersPageIsTheCommittedOne() throws IOException {
        assertThat(MetersPage.markdown())
                .as("./listing-sync meters > docs/meters.md")
                .isEqualTo(Files.readString(DOCS.resolve("meters.md")));
    }
}
