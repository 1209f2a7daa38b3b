package com.listingsync.producer;

import com.listingsync.common.event.Entity;
import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.health.ServiceEndpoint;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.setting.SettingsInForce;
import com.listingsync.common.signal.SignalFollower;
import com.listingsync.common.signal.SignalTarget;
import com.listingsync.common.signal.Signals;
import com.listingsync.common.topic.KafkaWatch;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.trace.Tracing;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.connection.ConnectionsFile;
import com.listingsync.producer.mls.MlsReader;
import com.listingsync.producer.publish.KafkaAccess;
import com.listingsync.producer.schedule.Ownership;
import com.listingsync.producer.sheet.SheetReader;
import com.listingsync.producer.source.ConnectionReader;
import com.listingsync.producer.source.SourceMeters;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The producer: polls MLS feeds and Google Sheets and puts every change on a topic, exactly once. */
public final class ProducerApp {

    static final String NAME = "producer";

    private ProducerApp() {}

    /**
     * Starts the service. While Kafka can't be reached it runs, is not ready, and waits.
     *
     * @param environment settings by variable name
     * @throws com.listingsync.common.setting.SettingsException when a setting, the connections file or a topic is wrong
     */
    public static Service start(Map<String, String> environment) {
        ProducerSettings settings = EnvRecords.read(ProducerSettings.class, environment);
        List<Connection> connections = ConnectionsFile.read(settings.connections(), environment);
        Clock clock = Clock.systemUTC();
        Meters meters = new Meters();
        Tracing tracing = Tracing.of(settings.tracing(), NAME, meters);
        KafkaAccess kafka = new KafkaAccess(settings.kafka(), environment, tracing);
        KafkaWatch watch = new KafkaWatch(
                KafkaSettings.clientProperties(environment),
                used(settings.kafka().topics()));
        Health health = new Health();
        Map<String, Guard> guards = guards(connections, settings, meters, clock);
        guards.forEach((connection, guard) -> health.readyWhen("requests of " + connection, guard::problem));
        health.tell("requests", () -> words(guards));
        SourceMeters sourceMeters = new SourceMeters(meters, clock);
        Function<Connection, ConnectionReader> readers = readers(settings, guards, kafka, sourceMeters, clock);
        SignalFollower signals = new SignalFollower(
                KafkaSettings.clientProperties(environment),
                settings.kafka().topics().signals());
        signals.report(health);
        meters.gauge(Meter.PAUSED, () -> pausedHere(signals.now()), NAME);
        Ownership ownership = new Ownership(
                kafka, connections, readers, settings.schedule(), signals, sourceMeters, clock, new SecureRandom());
        ServiceEndpoint endpoint = new ServiceEndpoint(
                NAME,
                settings.endpoint(),
                SettingsInForce.of(ProducerSettings.class, environment)
                        .reading(connections.stream().map(Connection::name).toList()),
                health,
                meters);
        ProducerService service = new ProducerService(watch, signals, ownership, endpoint, health, meters, tracing);
        try {
            service.start();
        } catch (RuntimeException e) {
            // Nothing runs yet; the person who started it sees why.
            service.close();
            throw e;
        }
        return service;
    }

    private static List<TopicSpec> used(Topics topics) {
        List<TopicSpec> used = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            used.add(topics.source(entity));
        }
        used.add(topics.deadLetters(Stage.PRODUCER));
        used.add(topics.fates());
        used.add(topics.commands());
        used.add(topics.outcomes());
        used.add(topics.checkpoints());
        used.add(topics.absences());
        used.add(topics.connections());
        used.add(topics.signals());
        return used;
    }

    /** A guard outlives the reader of its connection: limits and breaker are the upstream's, not the reader's. */
    private static Map<String, Guard> guards(
            List<Connection> connections, ProducerSettings settings, Meters meters, Clock clock) {
        Map<String, Guard> guards = new LinkedHashMap<>();
        for (Connection connection : connections) {
            guards.put(
                    connection.name(),
                    new Guard(connection.name(), connection.limits(), settings.retry(), meters, clock));
        }
        return guards;
    }

    /** How many signals hold the producer, a connection or a feed. */
    private static long pausedHere(Signals signals) {
        return signals.paused().stream()
                .filter(signal -> !signal.target().equals(SignalTarget.SINK.toString())
                        && !signal.target().equals(SignalTarget.PROCESSOR.toString()))
                .count();
    }

    private static Map<String, String> words(Map<String, Guard> guards) {
        Map<String, String> words = new LinkedHashMap<>();
        guards.forEach((connection, guard) -> words.put(connection, guard.words()));
        return words;
    }

    private static Function<Connection, ConnectionReader> readers(
            ProducerSettings settings,
            Map<String, Guard> guards,
            KafkaAccess kafka,
            SourceMeters sourceMeters,
            Clock clock) {
        return connection -> {
            Guard guard = Objects.requireNonNull(guards.get(connection.name()), connection.name());
            ConnectionReader reader = connection
                    .source()
                    .<ConnectionReader>fold(
                            mls -> new MlsReader(
                                    connection,
                                    mls,
                                    new UpstreamHttp(
                                            connection.name(),
                                            mls.auth(),
                                            guard,
                                            settings.retry().silence(),
                                            sourceMeters.all(),
                                            clock),
                                    kafka,
                                    sourceMeters,
                                    clock),
                            sheet -> new SheetReader(connection, sheet, guard, kafka, sourceMeters, clock));
            return new RememberingReader(reader, guard, kafka, connection.name(), clock);
        };
    }
}
