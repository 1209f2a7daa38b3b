package com.listingsync.producer.probe;

import com.listingsync.common.meter.Meters;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.mls.MlsProbe;
import com.listingsync.producer.sheet.SheetProbe;
import com.listingsync.producer.source.Observation;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.RetryRule;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Looks at connections. Stateless. */
public final class ConnectionProbe {

    /** A person waits for the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final RetryRule ONCE = new RetryRule(1, Duration.ofMillis(1), PATIENCE, PATIENCE);

    private ConnectionProbe() {}

    /** What is seen at this connection, one or two requests on. */
    public static List<Observation> of(Connection connection, Clock clock) throws InterruptedException {
        try (Meters meters = new Meters()) {
            Guard guard = new Guard(connection.name(), connection.limits(), ONCE, meters, clock);
            return connection
                    .source()
                    .<Look>fold(
                            mls -> () -> MlsProbe.of(connection.name(), mls, guard, PATIENCE, meters, clock),
                            sheet -> () -> SheetProbe.of(connection.name(), sheet, guard, meters))
                    .observe();
        }
    }

    private interface Look {
        List<Observation> observe() throws InterruptedException;
    }
}
