package com.listingsync.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommandLedgerTest {

    private static final TopicPartition PARTITION = new TopicPartition("commands", 0);

    private final CommandLedger ledger = new CommandLedger();

    @Test
    void holdsTheOffsetBackUntilEveryEarlierCommandIsDone() {
        ledger.took(PARTITION, 5);
        ledger.took(PARTITION, 6);
        ledger.reached(Map.of(PARTITION, new OffsetAndMetadata(8)));

        ledger.done(PARTITION, 6);
        assertThat(ledger.takeSafe()).containsEntry(PARTITION, new OffsetAndMetadata(5));

        ledger.done(PARTITION, 5);
        assertThat(ledger.takeSafe())
                .as("behind the mark of the last command's transaction, too")
                .containsEntry(PARTITION, new OffsetAndMetadata(8));
        assertThat(ledger.takeSafe()).isEmpty();
    }

    @Test
    void forgetsAPartitionThatWentToSomebodyElse() {
        ledger.took(PARTITION, 5);
        ledger.reached(Map.of(PARTITION, new OffsetAndMetadata(6)));

        ledger.drop(PARTITION);
        ledger.done(PARTITION, 5);

        assertThat(ledger.takeSafe()).isEmpty();
    }
}
