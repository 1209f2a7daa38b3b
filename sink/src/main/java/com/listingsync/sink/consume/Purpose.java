package com.listingsync.sink.consume;

import com.listingsync.common.topic.Topics;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * What a loop is there for; all else is the same whether rows are new or are sent once more.
 *
 * @param intake what it takes of the topic
 * @param accounts in whose books it counts
 * @param entries how it writes counts down
 * @param marks headers more for its dead letters, by name
 */
public record Purpose(Intake intake, Accounts accounts, Entries entries, Map<String, String> marks) {

    public Purpose {
        Objects.requireNonNull(intake, "intake");
        Objects.requireNonNull(accounts, "accounts");
        Objects.requireNonNull(entries, "entries");
        marks = Map.copyOf(marks);
    }

    /** Rows as they come. */
    public static Purpose live(Topics topics, Clock clock) {
        return new Purpose(
                Intake.live(topics.rows().name()), Accounts.ofRuns(), Entries.ofRuns(topics, clock), Map.of());
    }
}
