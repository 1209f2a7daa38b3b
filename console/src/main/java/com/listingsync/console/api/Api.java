package com.listingsync.console.api;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.setting.SettingsInForce;
import com.listingsync.console.access.FailureLimit;
import com.listingsync.console.access.KeyRing;
import com.listingsync.console.access.KeysFile;
import com.listingsync.console.alert.AlertWatch;
import com.listingsync.console.audit.AuditTrail;
import com.listingsync.console.dashboard.Assets;
import com.listingsync.console.deadletter.DeadLetters;
import com.listingsync.console.deadletter.Redrive;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.http.WebServer;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.live.EventStream;
import com.listingsync.console.live.Pipeline;
import com.listingsync.console.live.ServiceAddresses;
import com.listingsync.console.live.ServiceSettingsView;
import com.listingsync.console.openapi.ApiDocument;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.signal.SignalBoard;
import com.listingsync.console.verify.LastProof;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The console's HTTP side, put together: what reads, what answers, what is shown. Thread-safe. */
public final class Api implements AutoCloseable {

    /** What is done on behalf of a person by no library that writes the audit itself: action by operation. */
    private static final Map<String, String> AUDITED = Map.of(
            "startSync", "sync",
            "startManualSync", "sync",
            "startVerify", "verify",
            "startCompare", "compare",
            "startDoctor", "doctor",
            "startReprocess", "reprocess",
            "applyTopics", "topics apply",
            "pause", "pause",
            "resume", "resume");

    private final RunsBook runs;
    private final RunTicker ticker;
    private final EventStream events;
    private final Pipeline pipeline;
    private final SyncRequests requests;
    private final HookBatches hooks;
    private final LetterShelf letters;
    private final Optional<SupabaseView> supabase;
    private final ToolEndpoints tools;
    private final AnswerLog answers;
    private final StopSignal stop = new StopSignal();
    private final WebServer server;

    /**
     * Where it is served and what it reads.
     *
     * @param host address to bind
     * @param port its port
     * @param keysFile path of the file of API keys; empty for none
     * @param services where the services answer
     * @param secrets what calls from outside prove themselves with
     * @param projects other Supabase projects that calls may name
     * @param replayLimit replays after which a dead letter that is refused again is parked
     * @param settings the console's own
     * @param environment what names the Supabase project, as for the sink
     */
    public record Setup(
            String host,
            int port,
            String keysFile,
            ServiceAddresses services,
            ApiSecrets secrets,
            NamedProjects projects,
            int replayLimit,
            SettingsInForce settings,
            Map<String, String> environment) {
        public Setup {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * Binds the port; nothing is read or served before {@link #start()}.
     *
     * @param alerts told how the services are, asked which alerts hold
     * @param proof what the last comparison of Supabase with the log found; told of those that are asked for here
     * @throws SettingsException when the address can't be bound, or may not without keys
     */
    public Api(Setup setup, KafkaAccess kafka, Clock clock, AlertWatch alerts, LastProof proof) {
        KeyRing keys = new KeyRing(
                Optional.of(setup.keysFile()).filter(path -> !path.isBlank()).map(path -> new KeysFile(Path.of(path))),
                setup.secrets().operatorKey(),
                System::nanoTime);
        requireKeysBeyondLoopback(setup, keys);
        this.events = new EventStream();
        this.ticker = new RunTicker(events);
        this.runs = new RunsBook(kafka, ticker::changed);
        this.pipeline = new Pipeline(
                setup.services(),
                kafka,
                clock,
                alerts::looked,
                () -> events.size() > 0,
                view -> events.publish(new EventStream.Event("pipeline", view)));
        this.requests = new SyncRequests(kafka, clock, new SecureRandom(), stop);
        this.hooks = new HookBatches(requests);
        Gatekeeper gate = new Gatekeeper(keys, new FailureLimit(System::nanoTime));
        ApiDocument document = ApiDocument.read();
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        endpoints.putAll(new ViewEndpoints(
                        document,
                        runs,
                        pipeline,
                        events,
                        requests,
                        setup.settings(),
                        new ServiceSettingsView(setup.services()),
                        keys)
                .all());
        endpoints.put("listAlerts", call -> listed(alerts));
        endpoints.putAll(new SyncEndpoints(
                        requests,
                        runs,
                        new SyncHealth(runs, pipeline, clock),
                        setup.secrets().cron(),
                        gate)
                .all());
        DeadLetters deadLetters = new DeadLetters(kafka, setup.replayLimit());
        this.letters = new LetterShelf(
                LetterShelf.Reading.of(deadLetters),
                LetterShelf.PATIENCE,
                clock,
                news -> events.publish(new EventStream.Event("letters", news)));
        endpoints.putAll(new LetterEndpoints(
                        kafka.topics(),
                        deadLetters,
                        letters,
                        new Redrive(kafka, setup.replayLimit(), clock, stop::await),
                        clock)
                .all());
        this.supabase = SupabaseView.of(setup.environment());
        endpoints.putAll(
                new ListingEndpoints(supabase, new TraceDesk(setup.environment(), System::nanoTime), clock).all());
        AuditTrail trail = new AuditTrail(kafka, clock);
        this.tools = new ToolEndpoints(setup, kafka, trail, clock, stop, proof);
        endpoints.putAll(tools.all());
        OperatorEndpoints operator = new OperatorEndpoints(new SignalBoard(kafka), trail, clock);
        endpoints.putAll(operator.all());
        AUDITED.forEach(
                (id, action) -> endpoints.computeIfPresent(id, (same, endpoint) -> operator.audited(action, endpoint)));
        endpoints.putAll(new HookEndpoints(
                        hooks,
                        requests,
                        HookProof.key(setup.secrets().hook()).map(key -> new HookProof(key, clock)),
                        setup.secrets().driveToken(),
                        gate)
                .all());
        this.answers = new AnswerLog(kafka, clock);
        this.server = new WebServer(
                setup.host(), setup.port(), new ApiServer(document, gate, answers, endpoints, Assets.read()));
    }

    /** Begins to read and to answer. */
    public void start() {
        runs.start();
        ticker.start();
        events.start();
        pipeline.start();
        server.start();
    }

    /** The root address. */
    public URI uri() {
        return server.uri();
    }

    /** Why the runs can't be read just now; empty when they are. */
    public Optional<String> problem() {
        return runs.problem();
    }

    /** Why the reading ended for good; empty while it goes on. */
    public Optional<String> failure() {
        return runs.failure();
    }

    /** Why services and topics are not looked at any more; empty while they are. */
    public Optional<String> pipelineFailure() {
        return pipeline.failure();
    }

    /**
     * Waits until the reading has ended.
     *
     * @throws IllegalStateException when it ended by a failure of its own
     */
    public void awaitStop() throws InterruptedException {
        runs.awaitStop();
    }

    @Override
    public void close() {
        stop.request();
        hooks.close();
        letters.close();
        events.close();
        ticker.close();
        server.close();
        tools.close();
        answers.close();
        supabase.ifPresent(SupabaseView::close);
        pipeline.close();
        runs.close();
    }

    private static Reply listed(AlertWatch alerts) {
        return Reply.json(alerts.json().orElseThrow(() -> Problem.of(503, "the services have not been looked at yet")));
    }

    private static void requireKeysBeyondLoopback(Setup setup, KeyRing keys) {
        if (!isLoopback(setup.host()) && !keys.opens()) {
            throw new SettingsException("SYNC_CONSOLE_HOST: the console listens on " + setup.host()
                    + " only when there are API keys, and there is none: make one with './listing-sync api-keys add NAME'"
                    + " and name its file in SYNC_CONSOLE_KEYS, or listen on 127.0.0.1");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new SettingsException("SYNC_CONSOLE_HOST: '" + host + "' is no address of this machine");
        }
    }
}
