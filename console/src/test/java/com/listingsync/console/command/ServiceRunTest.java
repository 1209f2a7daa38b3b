package com.listingsync.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.console.ConsoleSettings;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ServiceRunTest {

    private final StopSignal stop = new StopSignal();
    private final Resting service = new Resting();

    @Test
    void aServiceThatWasAskedToStopHasDoneWell() throws Exception {
        stop.request();

        assertThat(run()).isZero();
        assertThat(service.stopped.getCount()).isZero();
    }

    @Test
    void aServiceThatStopsUnaskedHasFailedEvenIfItDoesNotSayWhy() throws Exception {
        service.close();

        assertThat(run()).isEqualTo(1);
    }

    private int run() throws InterruptedException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Shell shell = new Shell(Map.of(), nowhere, nowhere, Terminal.PLAIN, Clock.systemUTC(), stop);
        return new ServiceRun().run(shell, ConsoleSettings.class, environment -> service);
    }

    /** Does nothing until it is stopped. */
    private static final class Resting implements Service {

        private final CountDownLatch stopped = new CountDownLatch(1);

        @Override
        public String name() {
            return "resting";
        }

        @Override
        public URI endpoint() {
            return URI.create("http://127.0.0.1:1");
        }

        @Override
        public Health health() {
            return new Health();
        }

        @Override
        public void awaitStop() throws InterruptedException {
            stopped.await();
        }

        @Override
        public void close() {
            stopped.countDown();
        }
    }
}
