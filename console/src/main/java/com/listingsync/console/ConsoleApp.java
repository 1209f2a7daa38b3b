package com.listingsync.console;

import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.health.ServiceEndpoint;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.api.ApiServer;
import com.listingsync.console.api.RunsBook;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.watch.DeploymentWatch;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/**
 * The console service: keeps the books of all runs at hand and serves them over HTTP. Thread-safe.
 *
 * <p>It reads topics and writes none, so any number of instances may run.
 */
public final class ConsoleApp implements Service {

    private final Health health;
    private final Meters meters;
    private final ServiceEndpoint endpoint;
    private final DeploymentWatch watch;
    private final RunsBook runs;
    private final ApiServer api;

    private ConsoleApp(ConsoleSettings settings, KafkaAccess kafka) {
        this.health = new Health();
        this.meters = new Meters();
        this.endpoint = new ServiceEndpoint("console", settings.endpoint(), health, meters);
        this.watch = new DeploymentWatch(kafka, meters, InstantSource.system());
        this.runs = new RunsBook(kafka);
        this.api = new ApiServer(settings.host(), settings.port(), runs);
    }

    /**
     * Starts the service.
     *
     * @throws SettingsException when a setting is wrong or a port can't be bound
     */
    public static ConsoleApp start(Map<String, String> environment) {
        ConsoleSettings settings = EnvRecords.read(ConsoleSettings.class, environment);
        ConsoleApp app = new ConsoleApp(settings, KafkaAccess.of(environment));
        app.health.aliveWhen("runs-reader", app.runs::failure);
        app.health.readyWhen("runs", app.runs::problem);
        app.watch.start();
        app.runs.start();
        app.api.start();
        app.endpoint.start();
        return app;
    }

    @Override
    public String name() {
        return "console";
    }

    @Override
    public URI endpoint() {
        return endpoint.uri();
    }

    /** The root of the operators' HTTP side. */
    public URI api() {
        return api.uri();
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public void awaitStop() throws InterruptedException {
        runs.awaitStop();
    }

    @Override
    public void close() {
        api.close();
        watch.close();
        runs.close();
        endpoint.close();
        meters.close();
    }
}
