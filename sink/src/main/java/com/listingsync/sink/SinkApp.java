package com.listingsync.sink;

import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.health.ServiceEndpoint;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.sink.consume.Identity;
import com.listingsync.sink.consume.SinkConsumption;
import com.listingsync.sink.consume.SinkLoop;
import com.listingsync.sink.deliver.SupabaseDelivery;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sink as a service: rows from Kafka into Supabase. Thread-safe.
 *
 * <p>Threads: one loop, as many workers as requests may be in flight, and the endpoint's.
 */
public final class SinkApp implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(SinkApp.class);
    private static final String NAME = "sink";

    /** Rows of one poll, in full sets of batches in flight: enough that the last ones of a round cost little. */
    private static final int SETS_PER_POLL = 4;

    private final Meters meters;
    private final Health health;
    private final ServiceEndpoint endpoint;
    private final SupabaseDelivery supabase;
    private final SinkThreads threads;
    private final KafkaWatch kafka;
    private final SinkLoop loop;
    private final TableLayout first;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SinkApp(SinkSettings settings, Map<String, Object> clients, Mapping mapping, KafkaWatch kafka) {
        this.kafka = kafka;
        this.meters = new Meters();
        this.health = new Health();
        this.endpoint = new ServiceEndpoint(NAME, settings.endpoint(), health, meters);
        this.supabase = new SupabaseDelivery(settings.supabase(), settings.delivery(), meters);
        this.threads = new SinkThreads(settings.delivery().maxInFlight());
        List<TableLayout> layouts = mapping.layouts();
        this.first = layouts.get(0);
        this.loop = SinkConsumption.loop(
                clients,
                new Identity(settings.kafka().topicPrefix() + "-sink", instance(settings)),
                settings.kafka().topics(),
                layouts,
                supabase,
                threads.workers(),
                settings.delivery().batchRows() * settings.delivery().maxInFlight() * SETS_PER_POLL,
                settings.delivery().retryDelay(),
                meters);
    }

    /**
     * Starts the sink and returns once its threads run, whether Supabase answers or not.
     *
     * @param environment the environment variables
     * @throws SettingsException when settings, mapping or topics can't be used, or Kafka does not answer
     */
    public static Service start(Map<String, String> environment) {
        SinkSettings settings = EnvRecords.read(SinkSettings.class, environment);
        Map<String, Object> clients = KafkaSettings.clientProperties(environment);
        Mapping mapping = Mapping.load(settings.mapping());
        warnOfUnguarded(mapping.layouts());
        KafkaWatch kafka = new KafkaWatch(clients, settings.kafka().topics());
        try {
            kafka.requireTopics();
            SinkApp app = new SinkApp(settings, clients, mapping, kafka);
            app.run();
            return app;
        } catch (RuntimeException e) {
            // Nothing runs yet: the starter sees the cause, and no client is left behind.
            kafka.close();
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
        threads.awaitLoop();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            loop.stop();
            threads.close(supabase);
            supabase.close();
            kafka.close();
            endpoint.close();
            meters.close();
            LOG.atInfo().log("sink stopped");
        }
    }

    private void run() {
        health.aliveWhen("loop", threads::failure);
        health.readyWhen("kafka", kafka::problem);
        health.readyWhen("supabase", supabase::closedBecause);
        health.readyWhen("entry", threads::entryProblem);
        threads.start(loop, () -> supabase.awaitEntry(first));
        endpoint.start();
        LOG.atInfo().addKeyValue("endpoint", endpoint.uri()).log("sink started");
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
                        .log("this table has no guard column: an older row that arrives late can replace a newer one"));
    }
}
