package com.listingsync.console.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckTest {

    @TempDir
    private Path folder;

    @Test
    void diskWithLessThanNeededIsWrong() {
        List<Finding> findings = new DiskCheck(Map.of("the processor's state", folder), Long.MAX_VALUE).look();

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Finding.Level.BAD);
            assertThat(finding.words()).contains("free for the processor's state at " + folder);
            assertThat(finding.fix()).contains("make room");
        });
    }

    @Test
    void diskWithEnoughIsWell() {
        assertThat(new DiskCheck(Map.of("the processor's state", folder), 1).look())
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Finding.Level.GOOD));
    }

    @Test
    void folderThatIsYetToBeMadeIsLookedAtWhereItWillBe() {
        Path later = folder.resolve("not").resolve("yet");

        assertThat(new DiskCheck(Map.of("the processor's state", later), 1).look())
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Finding.Level.GOOD));
    }
}
