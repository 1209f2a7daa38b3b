package com.listingsync.console.deadletter;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dead letters from the damage to the empty list, with real services around them; each test has a listing of its own. Each nested
 * class is one subject, in a file of its own, and all share the services.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersIT {

    @TempDir
    static Path temporary;

    private LettersStack stack;

    @BeforeAll
    void start() throws IOException {
        stack = LettersStack.start(temporary);
        stack.execute("alter table properties add constraint small_price check (list_price < 900000000)");
        stack.execute("notify pgrst, 'reload schema'");
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Nested
    class Healing extends HealedLettersSpec {
        Healing() {
            super(stack, temporary);
        }
    }

    @Nested
    class Replaying extends ReplayedLettersSpec {
        Replaying() {
            super(stack);
        }
    }

    @Nested
    class Reading extends ReadLettersSpec {
        Reading() {
            super(stack, temporary);
        }
    }
}
