package com.listingsync.sink;

import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.health.ServiceEndpoint;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.setting.SettingsInForce;
import com.listingsync.common.signal.SignalFollower;
import com.listingsync.common.signal.SignalTarget;
import com.listingsync.common.topic.KafkaWatch;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.trace.Tracing;
import com.listingsync.sink.consume.Identity;
import com.listingsync.sink.consume.Purpose;
import com.listingsync.sink.consume.SinkConsumption;
import com.listingsync.sink.consume.SinkLoop;
import com.listingsync.sink.cutover.CutoverSettings;
import com.listingsync.sink.cutover.Share;
import com.listingsync.sink.deliver.SupabaseDelivery;
import com.listingsync.sink.owner.Owners;
import com.listingsync.sink.owner.OwnersFile;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sink as a service: rows from Kafka into Supabase. Thread-safe.
 *
 * <pre>
 *   waiting for Kafka ──> running ──> stopped (closed, or failed with a cause)
 * </pre>
 *
 * <p>Threads: one that waits for Kafka and then is the loop, as many workers as requests may be in flight, the endpoint's,
 * and those of what follows status changes and runs.
 */
public final class SinkApp implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(SinkApp.class);
    private static final String NAME = "sink";

    /** Most rows of one poll, in full batches. Several rounds are in flight side by side; small ones are held no longer than needed. */
    private static final int BATCHES_PER_POLL = 4;

    private static final int MOST_ROWS_PER_POLL = 8_000;

    private final Meters meters;
    private final Tracing tracing;
    private final Health health;
    private final ServiceEndpoint endpoint;
    private final SupabaseDelivery supabase;
    private final SinkThreads threads;
    private final KafkaWatch kafka;
    private final SignalFollower signals;
    private final Supplier<SinkLoop> loops;
    private final Followings followings;
    private final List<TableLayout> layouts;

    /** Held while the loop is made, so that a close finds it either not there or whole. */
    private final Object starting = new Object();

    private final AtomicReference<@Nullable SinkLoop> loop = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private SinkApp(
            SinkSettings settings,
            SettingsInForce inForce,
            Map<String, Object> clients,
            Mapping mapping,
            Owners owners) {
        String instance = instance(settings);
        this.meters = new Meters();
        this.tracing = Tracing.of(settings.tracing(), NAME, meters);
        this.signals = new SignalFollower(clients, settings.kafka().topics().signals());
        this.followings = new Followings(settings, clients, instance, owners, mapping, this::isHeld, meters);
        this.kafka = new KafkaWatch(clients, topics(settings.kafka().topics(), followings));
        this.health = new Health();
        this.endpoint = new ServiceEndpoint(NAME, settings.endpoint(), inForce, health, meters);
        this.supabase = new SupabaseDelivery(
                settings.supabase(), settings.delivery(), settings.cutover().mode(), meters, tracing);
        this.threads = new SinkThreads(settings.delivery().maxInFlight());
        this.layouts = mapping.layouts();
        tellOf(settings.cutover());
        this.loops = () -> SinkConsumption.loop(
                Purpose.live(settings.kafka().topics(), settings.cutover().share(), Clock.systemUTC()),
                clients,
                new Identity(
                        settings.kafka().topicPrefix() + "-sink",
                        instance,
                        !settings.instance().isBlank()),
                settings.kafka().topics(),
                layouts,
                supabase,
                threads.workers(),
                pollRows(settings.delivery().batchRows()),
                settings.delivery().retryDelay(),
                this::isHeld,
                meters,
                tracing);
    }

    /**
     * Starts the sink and returns once its threads run, whether Supabase answers or not. While Kafka can't be reached it
     * runs, is not ready, and waits.
     *
     * @param environment the environment variables
     * @throws SettingsException when settings, mapping or topics can't be used
     */
    public static Service start(Map<String, String> environment) {
        SinkSettings settings = EnvRecords.read(SinkSettings.class, environment);
        settings.cutover().requireApart(settings.supabase().schema());
        Map<String, Object> clients = KafkaSettings.clientProperties(environment);
        Mapping mapping = Mapping.load(settings.mapping());
        warnOfUnguarded(mapping.layouts());
        Owners owners = OwnersFile.read(settings.connections(), environment);
        SinkApp app =
                new SinkApp(settings, SettingsInForce.of(SinkSettings.class, environment), clients, mapping, owners);
        try {
            app.run();
            return app;
        } catch (RuntimeException e) {
            // Nothing is written yet: the starter sees the cause, and no client is left behind.
            app.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public URI endpoint() {
        return endpoint.uri();
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public void awaitStop() throws InterruptedException {
        threads.end().await(NAME);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            SinkLoop running;
            synchronized (starting) {
                running = loop.get();
            }
            if (running != null) {
                running.stop();
            }
            signals.close();
            // Before the threads: one that waits for Kafka's answer ends with it.
            kafka.close();
            followings.close();
            threads.close(supabase);
            supabase.close();
            endpoint.close();
            tracing.close();
            meters.close();
            LOG.atInfo().log("sink stopped");
        }
    }

    private void run() {
        health.aliveWhen("loop", threads::failure);
        health.readyWhen("kafka", kafka::problem);
        health.readyWhen("supabase", supabase::closedBecause);
        health.readyWhen("entry", threads::entryProblem);
        followings.watch(health);
        signals.report(health);
        meters.gauge(Meter.PAUSED, () -> isHeld() ? 1 : 0, NAME);
        signals.start();
        boolean kafkaAnswers = kafka.answers();
        endpoint.start();
        threads.startEntry(() -> supabase.awaitEntry(layouts));
        Runnable work = kafkaAnswers ? newLoop() : this::workOnceKafkaAnswers;
        threads.startLoop(work);
        LOG.atInfo().addKeyValue("endpoint", endpoint.uri()).log("sink started");
    }

    private boolean isHeld() {
        return signals.holds(SignalTarget.SINK);
    }

    private void workOnceKafkaAnswers() {
        try {
            if (kafka.awaitAnswer()) {
                newLoop().run();
            }
        } catch (InterruptedException e) {
            // Somebody wants this thread to end at once: nothing was begun.
            Thread.currentThread().interrupt();
        }
    }

    /** The loop, ready to run; nothing to do when the sink was closed meanwhile. */
    private Runnable newLoop() {
        signals.awaitKnown();
        synchronized (starting) {
            if (closed.get()) {
                return () -> {};
            }
            SinkLoop made = loops.get();
            loop.set(made);
            followings.start();
            return made;
        }
    }

    /** Where a cutover stands is seen in health and in the log: a sink that writes nothing must not look like one that does. */
    private void tellOf(CutoverSettings cutover) {
        health.tell("cutover", () -> Map.of("mode", cutover.mode().toString(), "percent", cutover.percent()));
        if (!cutover.mode().acts() || cutover.percent() < Share.BUCKETS) {
            LOG.atWarn()
                    .addKeyValue("mode", cutover.mode())
                    .addKeyValue("percent", cutover.percent())
                    .log("not everything is written: a cutover is under way (SYNC_MODE, SYNC_CUTOVER_PERCENT)");
        }
    }

    private static List<TopicSpec> topics(Topics topics, Followings followings) {
        Set<TopicSpec> used = new LinkedHashSet<>(List.of(
                topics.rows(), topics.outcomes(), topics.deadLetters(Stage.SINK), topics.fates(), topics.signals()));
        used.addAll(followings.topics());
        return List.copyOf(used);
    }

    /** Large batches are fewer: several polls are held at a time. */
    static int pollRows(int batchRows) {
        return Math.max(batchRows, Math.min(batchRows * BATCHES_PER_POLL, MOST_ROWS_PER_POLL));
    }

    private static String instance(SinkSettings settings) {
        return settings.instance().isBlank()
                ? UUID.randomUUID().toString()
                : settings.instance().strip();
    }

    private static void warnOfUnguarded(List<TableLayout> layouts) {
        layouts.stream()
                .filter(layout -> layout.guard().isEmpty())
                .forEach(layout -> LOG.atWarn()
                        .addKeyValue("table", layout.name())
                        .log(
                                "this table has no guard, as its mapping allows: an older row that comes late or is replayed"
                                        + " replaces a newer one"));
    }
}
