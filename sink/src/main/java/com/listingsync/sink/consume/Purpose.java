package com.listingsync.sink.consume;

import com.listingsync.common.topic.Topics;
import com.listingsync.sink.cutover.Share;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * What a loop is there for; all else is the same whether rows are new or are sent once more.
 *
 * @param intake what it takes of the topic
 * @param accounts in whose books it counts
 * @param entries how it writes counts down
 * @param letters what its rows mean for dead letters of the same rows
 * @param share the listings whose rows it sends
 * @param marks headers more for its dead letters, by name
 */
public record Purpose(Intake intake, Accounts accounts, Entries entries, Letters letters, Share share, Map<String, String> marks) {

    /** What a row that is sent means for an earlier dead letter of it. */
    public enum Letters {
        /** The letter is overtaken by it. */
        OVERTAKEN,
        /** Nothing: the row is not newer than the letter, or goes elsewhere. */
        LEFT
    }

    public Purpose {
        Objects.requireNonNull(intake, "intake");
        Objects.requireNonNull(accounts, "accounts");
        Objects.requireNonNull(entries, "entries");
        Objects.requireNonNull(letters, "letters");
        Objects.requireNonNull(share, "share");
        marks = Map.copyOf(marks);
    }

    /** Rows as they come, of a share of the listings. */
    public static Purpose live(Topics topics, Share share, Clock clock) {
        return new Purpose(
                Intake.live(topics.rows().name()),
                Accounts.ofRuns(),
                Entries.ofRuns(topics, clock),
                Letters.OVERTAKEN,
                share,
                Map.of());
    }
}
