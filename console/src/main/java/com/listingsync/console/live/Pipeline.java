package com.listingsync.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.kafka.KafkaAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline as it is, looked at every two seconds while somebody watches and every ten while nobody does, by a thread of its
 * own. Thread-safe.
 */
public final class Pipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final Duration WATCHED = Duration.ofSeconds(2);
    private static final int UNWATCHED_LOOKS = 5;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final ServicesWatch services;
    private final TopicsWatch topics;
    private final Clock clock;
    private final BooleanSupplier watched;
    private final Consumer<ObjectNode> told;
    private final Alarm alarm;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "pipeline-watch");

    private volatile @Nullable LiveView latest;
    private volatile boolean failed;

    /** How fast it was of late, the newest last. */
    private final Deque<ObjectNode> trail = new ConcurrentLinkedDeque<>();

    /** Says what is to be known of the services, at every look. */
    @FunctionalInterface
    public interface Alarm {
        ArrayNode looked(long at, List<ServiceView> services);
    }

    /**
     * @param alarm what it says stands in the view as {@code alerts}
     * @param watched whether anybody watches
     * @param told every new view
     */
    public Pipeline(
            ServiceAddresses addresses,
            KafkaAccess kafka,
            Clock clock,
            Alarm alarm,
            BooleanSupplier watched,
            Consumer<ObjectNode> told) {
        this.services = new ServicesWatch(new Instances(addresses), clock);
        this.topics = new TopicsWatch(kafka);
        this.clock = clock;
        this.alarm = alarm;
        this.watched = watched;
        this.told = told;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** The last view; empty before the first look has ended. */
    public Optional<ObjectNode> json() {
        return Optional.ofNullable(latest).map(LiveView::json);
    }

    /** Rates and queue of the last five minutes, the newest last: an object for each look, as long as it is no older than that. */
    public ArrayNode trail() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        trail.forEach(all::add);
        return all;
    }

    /** Records that wait to be processed or written; empty when that is not known. */
    public Optional<Long> queue() {
        return Optional.ofNullable(latest)
                .filter(view -> view.kafkaProblem().isEmpty())
                .map(LiveView::queue);
    }

    /** The worst state of any circuit breaker: {@code closed}, {@code half open}, {@code open}, {@code unknown}. */
    public String worstBreaker() {
        LiveView view = latest;
        return view == null ? "unknown" : view.worstBreaker();
    }

    /** What is said of the requests to a connection, by the producer that reads it when there are several. */
    public Optional<String> requests(String connection) {
        LiveView view = latest;
        return view == null
                ? Optional.empty()
                : view.services().stream()
                        .map(ServiceView::health)
                        .filter(health ->
                                health.path("requests").path(connection).isTextual())
                        .max(Comparator.comparing(health -> health.path("feeds")
                                .findValuesAsText("connection")
                                .contains(connection)))
                        .map(health -> health.path("requests").path(connection).asText());
    }

    /** What a service tells beside its checks, under this name; missing when it does not. */
    public List<JsonNode> facts(String name) {
        LiveView view = latest;
        return view == null
                ? List.of()
                : view.services().stream()
                        .map(service -> service.health().path(name))
                        .filter(facts -> !facts.isMissingNode())
                        .toList();
    }

    /** Why it is not looked at any more, for good; empty while it is. */
    public Optional<String> failure() {
        return failed ? Optional.of("the pipeline is not looked at any more; restart") : Optional.empty();
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }

    private void run() {
        try (topics) {
            int looks = 0;
            do {
                if (looks++ % UNWATCHED_LOOKS == 0 || watched.getAsBoolean()) {
                    look();
                }
            } while (!closing.await(WATCHED.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // close() wants this thread to end; it holds nothing that could be lost.
            LOG.debug("told to stop");
        } catch (RuntimeException | Error e) {
            // A bug: the dashboards keep the last view, whose time shows its age; health says so, the log says why.
            failed = true;
            LOG.atError().setCause(e).log("the pipeline is not looked at any more");
        }
    }

    private void look() throws InterruptedException {
        List<ServiceView> seen = services.look();
        ArrayNode alerts = alarm.looked(clock.millis(), seen);
        LiveView view;
        try {
            view = new LiveView(clock.millis(), seen, alerts, topics.look(), Optional.empty(), latest);
        } catch (KafkaException e) {
            // The view says so; the next look asks again.
            view = new LiveView(
                    clock.millis(), seen, alerts, List.of(), Optional.of(String.valueOf(e.getMessage())), latest);
        }
        latest = view;
        trail.add(view.pace());
        while (trail.getFirst().path("at").asLong() < view.at() - REMEMBERED.toMillis()) {
            trail.removeFirst();
        }
        if (watched.getAsBoolean()) {
            told.accept(view.json());
        }
    }
}
