package com.listingsync.console;

import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.health.ServiceEndpoint;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.setting.SettingsInForce;
import com.listingsync.console.alert.AlertWatch;
import com.listingsync.console.api.Api;
import com.listingsync.console.api.NamedProjects;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.live.ServiceAddresses;
import com.listingsync.console.verify.LastProof;
import com.listingsync.console.verify.VerifySchedule;
import com.listingsync.console.watch.DeploymentWatch;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The console service: the dashboard and the HTTP API. Thread-safe.
 *
 * <p>It reads topics and writes requests only, so any number of instances may run.
 */
public final class ConsoleApp implements Service {

    private final Health health;
    private final Meters meters;
    private final ServiceEndpoint endpoint;
    private final DeploymentWatch watch;
    private final Api api;

    private final Optional<VerifySchedule> verifying;

    private ConsoleApp(ConsoleSettings settings, Map<String, String> environment) {
        this.health = new Health();
        this.meters = new Meters();
        SettingsInForce inForce = SettingsInForce.of(ConsoleSettings.class, environment);
        Api.Setup setup = new Api.Setup(
                settings.host(),
                settings.port(),
                settings.keysFile(),
                ServiceAddresses.parse(settings.services()),
                settings.secrets(),
                NamedProjects.parse(settings.projects()),
                settings.replays().replayLimit(),
                inForce,
                environment);
        KafkaAccess kafka = KafkaAccess.of(environment);
        this.endpoint = new ServiceEndpoint("console", settings.endpoint(), inForce, health, meters);
        this.watch = new DeploymentWatch(kafka, meters, InstantSource.system());
        LastProof proof = new LastProof();
        this.verifying = settings.verifyEvery().isZero()
                ? Optional.empty()
                : Optional.of(new VerifySchedule(kafka, environment, settings.verifyEvery(), Clock.systemUTC(), proof));
        this.api = new Api(setup, kafka, Clock.systemUTC(), new AlertWatch(meters::scrape), proof);
        proof.measure(meters);
    }

    /**
     * Starts the service.
     *
     * @throws SettingsException when a setting is wrong or a port can't be bound
     */
    public static ConsoleApp start(Map<String, String> environment) {
        ConsoleSettings settings = EnvRecords.read(ConsoleSettings.class, environment);
        ConsoleApp app = new ConsoleApp(settings, environment);
        app.health.aliveWhen("runs-reader", app.api::failure);
        app.health.aliveWhen("pipeline-watch", app.api::pipelineFailure);
        app.health.aliveWhen("deployment-watch", app.watch::failure);
        app.health.readyWhen("runs", app.api::problem);
        app.watch.start();
        app.verifying.ifPresent(schedule -> schedule.start(app.health));
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

    /** The root of the operators' HTTP side: the dashboard. */
    public URI api() {
        return api.uri();
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public void awaitStop() throws InterruptedException {
        api.awaitStop();
    }

    @Override
    public void close() {
        api.close();
        verifying.ifPresent(VerifySchedule::close);
        watch.close();
        endpoint.close();
        meters.close();
    }
}
