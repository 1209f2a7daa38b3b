package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.run.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operators do over HTTP, beside a running {@code up}, from the call to what has become of it. Each nested class is one
 * subject, in a file of its own, and all share what runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiOperationsIT {

    @TempDir
    static Path temporary;

    private RunningSample sample;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        sample = RunningSample.of(11, 40).startIn(temporary);
    }

    @AfterAll
    void stop() {
        sample.close();
    }

    @Test
    void beginsWithAWholeRun() {
        assertThat(sample.firstRun().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Nested
    class Letters extends DeadLettersByHttpSpec {
        Letters() {
            super(sample);
        }
    }

    @Nested
    class Replays extends ReplaysByHttpSpec {
        Replays() {
            super(sample);
        }
    }

    @Nested
    class Proofs extends ProofsByHttpSpec {
        Proofs() {
            super(sample);
        }
    }

    @Nested
    class Syncs extends SyncsByHttpSpec {
        Syncs() {
            super(sample);
        }
    }

    @Nested
    class Reference extends KnowledgeByHttpSpec {
        Reference() {
            super(sample);
        }
    }
}
