package com.listingsync.console.replay;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays of rows between a real broker and two real projects. Each nested class is one subject, in a file of its own, and all
 * share what runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayIT {

    @TempDir
    private static Path folder;

    private ReplayStack stack;

    @BeforeAll
    void start() throws IOException {
        stack = new ReplayStack(folder);
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Nested
    class SentRows extends SentRowsSpec {
        SentRows() {
            super(stack);
        }
    }

    @Nested
    class Course extends ReplayCourseSpec {
        Course() {
            super(stack);
        }
    }
}
