package com.listingsync.console.replay;

import com.listingsync.common.topic.Topics;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;

/** A broker, the project that is written to, and another one; shared by tests, each with topics of its own. */
final class ReplayStack implements AutoCloseable {

    final EmbeddedKafka kafka;
    final Project live;
    final Project copy;

    private int topics;

    ReplayStack(Path folder) throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        live = Project.start(folder.resolve("live"));
        copy = Project.start(folder.resolve("copy"));
    }

    /** Topics that no other test has seen. */
    Topics freshTopics() {
        return new Topics("r" + ++topics, RowLog.PARTITIONS);
    }

    @Override
    public void close() {
        copy.close();
        live.close();
        kafka.close();
    }
}
