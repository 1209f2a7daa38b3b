package com.listingsync.console.up;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.health.Health.CheckResult;
import com.listingsync.common.health.Service;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that an {@code up} has started. Its queries are thread-safe; one thread closes it.
 *
 * @param parts what is closed, in reverse of its start
 * @param endpoints where everything answers
 * @param kafka the broker, as tools see it
 * @param connections what the producer reads
 * @param services the four services
 * @param samples the sample upstreams; empty when real ones are read
 */
record Stack(
        Parts parts,
        Endpoints endpoints,
        KafkaAccess kafka,
        List<ConnectionCard> connections,
        List<Service> services,
        Optional<SampleUpstreams> samples)
        implements AutoCloseable {

    private static final Duration READY_POLL = Duration.ofMillis(50);

    Stack {
        connections = List.copyOf(connections);
        services = List.copyOf(services);
    }

    /** What keeps services from doing their work just now, {@code service: problem}; empty when all are ready. */
    List<String> notReady() {
        return services.stream()
                .flatMap(service -> service.health().ready().stream().flatMap(check -> problem(service, check)))
                .toList();
    }

    /**
     * Waits until every service is ready.
     *
     * @return false when a stop was wanted before
     * @throws CommandFailure when they are not after {@code patience}, with what is wrong
     */
    boolean awaitReady(Duration patience, StopSignal stop) throws InterruptedException {
        long giveUp = System.nanoTime() + patience.toNanos();
        List<String> problems = notReady();
        while (!problems.isEmpty()) {
            requireAlive();
            if (System.nanoTime() > giveUp) {
                throw new CommandFailure(
                        "not ready after " + patience.toSeconds() + " s: " + String.join("; ", problems));
            }
            if (stop.await(READY_POLL)) {
                return false;
            }
            problems = notReady();
        }
        return true;
    }

    /**
     * Checks that every service lives.
     *
     * @throws CommandFailure when one can't go on without a restart, with its reason
     */
    void requireAlive() {
        services.stream()
                .flatMap(service -> service.health().live().stream().flatMap(check -> problem(service, check)))
                .findFirst()
                .ifPresent(problem -> {
                    throw new CommandFailure(problem);
                });
    }

    @Override
    public void close() {
        parts.close();
    }

    private static Stream<String> problem(Service service, CheckResult check) {
        return check.problem().stream().map(problem -> service.name() + ": " + problem);
    }
}
