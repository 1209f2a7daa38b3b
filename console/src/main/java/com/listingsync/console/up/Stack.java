package com.listingsync.console.up;

import com.listingsync.common.health.Health.CheckResult;
import com.listingsync.common.health.Service;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.producer.connection.Connection;
import java.util.List;
import java.util.Optional;

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
        List<Connection> connections,
        List<Service> services,
        Optional<SampleUpstreams> samples)
        implements AutoCloseable {

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

    /** Why a service can't go on without a restart; empty while all live. */
    Optional<String> dead() {
        return services.stream()
                .flatMap(service -> service.health().live().stream().flatMap(check -> problem(service, check)))
                .findFirst();
    }

    @Override
    public void close() {
        parts.close();
    }

    private static java.util.stream.Stream<String> problem(Service service, CheckResult check) {
        return check.problem().stream().map(problem -> service.name() + ": " + problem);
    }
}
