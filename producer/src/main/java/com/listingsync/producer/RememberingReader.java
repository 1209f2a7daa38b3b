package com.listingsync.producer;

import com.listingsync.common.run.FeedName;
import com.listingsync.producer.publish.FeedLog;
import com.listingsync.producer.publish.KafkaAccess;
import com.listingsync.producer.source.ConnectionReader;
import com.listingsync.producer.source.Pass;
import com.listingsync.producer.upstream.Guard;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reader whose connection remembers its requests: beside the checkpoints of its feeds stands one of what was spent of the
 * source's limits, with a transactional id of its own, so that no restart and no other producer spends it again.
 */
final class RememberingReader implements ConnectionReader {

    /** No feed of a connection is called so: feeds are entities or titles of tabs. */
    private static final String SPENDING = "@requests";

    private final ConnectionReader reader;
    private final Guard guard;
    private final KafkaAccess kafka;
    private final FeedName name;
    private final Clock clock;
    private @Nullable FeedLog log;

    RememberingReader(ConnectionReader reader, Guard guard, KafkaAccess kafka, String connection, Clock clock) {
        this.reader = reader;
        this.guard = guard;
        this.kafka = kafka;
        this.name = new FeedName(connection, SPENDING);
        this.clock = clock;
    }

    @Override
    public void open() throws InterruptedException {
        closeLog();
        if (!guard.remembers()) {
            reader.open();
            return;
        }
        FeedLog opened = FeedLog.claim(kafka, name, clock);
        log = opened;
        reader.open();
        guard.remember(
                spending -> {
                    opened.begin();
                    opened.moveCheckpoint(spending);
                    opened.commit();
                },
                opened.checkpoint());
    }

    @Override
    public Map<String, Optional<String>> run(Pass pass) throws InterruptedException {
        return reader.run(pass);
    }

    @Override
    public boolean parentsUnread() {
        return reader.parentsUnread();
    }

    @Override
    public void interruptRequests() {
        reader.interruptRequests();
    }

    @Override
    public void close() {
        reader.close();
        closeLog();
    }

    private void closeLog() {
        guard.forget();
        FeedLog held = log;
        if (held != null) {
            held.close();
            log = null;
        }
    }
}
