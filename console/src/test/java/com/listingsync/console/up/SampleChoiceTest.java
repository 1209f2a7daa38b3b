package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleChoiceTest {

    private static final Upstreams.Sample ANY = new Upstreams.Sample(OptionalLong.empty(), OptionalInt.empty());

    @TempDir
    Path temporary;

    @Test
    void keepsTheSampleOfTheFolder() throws IOException {
        try (DataFolder folder = DataFolder.open(temporary)) {
            SampleChoice first = SampleChoice.of(folder, new Upstreams.Sample(OptionalLong.of(9), OptionalInt.of(300)));

            assertThat(SampleChoice.of(folder, ANY)).isEqualTo(first).isEqualTo(new SampleChoice(9, 300));
        }
    }

    @Test
    void refusesAnotherSampleOnTheSameFolder() throws IOException {
        try (DataFolder folder = DataFolder.open(temporary)) {
            SampleChoice.of(folder, ANY);

            assertThatThrownBy(() ->
                            SampleChoice.of(folder, new Upstreams.Sample(OptionalLong.empty(), OptionalInt.of(300))))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("holds a sample of 2000 listings with seed 1");
        }
    }

    @Test
    void refusesAFolderThatIsInUse() throws IOException {
        try (DataFolder folder = DataFolder.open(temporary)) {
            assertThatThrownBy(() -> DataFolder.open(folder.path()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("another 'up' is running on it");
        }
    }
}
