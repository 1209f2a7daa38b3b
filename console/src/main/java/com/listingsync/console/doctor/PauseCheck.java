package com.listingsync.console.doctor;

import com.listingsync.common.signal.Signal;
import com.listingsync.common.signal.SignalTarget;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.signal.SignalBoard;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/**
 * What somebody has paused.
 *
 * @param access how to reach Kafka
 */
record PauseCheck(KafkaAccess access) implements Check {

    @Override
    public List<Finding> look() {
        try {
            List<Signal> paused = new SignalBoard(access).read().paused();
            return paused.isEmpty()
                    ? List.of(Finding.good("signals", "paused", "nothing is paused"))
                    : paused.stream()
                            .map(signal -> Finding.warning(
                                    "signals",
                                    "paused",
                                    signal.words(),
                                    "'./listing-sync resume "
                                            + SignalTarget.of(signal.target())
                                                    .words()
                                                    .replace("the ", "") + "' lets it go on"))
                            .toList();
        } catch (KafkaException | CommandFailure e) {
            // The topic has a finding of its own.
            return List.of(Finding.bad("signals", "paused", "can't be read: " + e.getMessage(), "see topics above"));
        }
    }
}
