package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.access.Caller;
import com.listingsync.console.http.Call;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.http.WebServer;
import com.listingsync.console.openapi.ApiDocument;
import com.listingsync.console.openapi.Operation;
import com.listingsync.console.shell.CommandFailure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a call goes through, in this order: which operation it is, who makes it, whether it is as the document says, whether it
 * was followed before; then its endpoint. Thread-safe.
 */
final class ApiServer implements Function<Call, Reply> {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final String ROOT = "/api/";

    /** Calls followed at a time, fewer than the server has threads: whatever they wait for, pages and refusals are answered. */
    private static final int AT_A_TIME = WebServer.MAX_THREADS - 8;

    private final Semaphore room = new Semaphore(AT_A_TIME);

    private final ApiDocument document;
    private final Gatekeeper gate;
    private final AnswerLog answers;
    private final Map<String, Endpoint> endpoints;
    private final Function<Call, Reply> pages;

    /**
     * @param endpoints by the id of their operation
     * @param pages answers to what is not below {@code /api}
     * @throws IllegalStateException when an operation has no endpoint, or an endpoint no operation
     */
    ApiServer(
            ApiDocument document,
            Gatekeeper gate,
            AnswerLog answers,
            Map<String, Endpoint> endpoints,
            Function<Call, Reply> pages) {
        this.document = document;
        this.gate = gate;
        this.answers = answers;
        this.endpoints = Map.copyOf(endpoints);
        this.pages = pages;
        Set<String> declared = document.operations().stream().map(Operation::id).collect(Collectors.toSet());
        if (!declared.equals(endpoints.keySet())) {
            throw new IllegalStateException(
                    "the API's document has operations " + declared + ", its code " + endpoints.keySet());
        }
    }

    @Override
    public Reply apply(Call call) {
        if (!call.path().startsWith(ROOT)) {
            return pages.apply(call);
        }
        String method = call.method().equals("HEAD") ? "GET" : call.method();
        ApiDocument.Match match = document.find(method, call.path()).orElseThrow(() -> notHere(call));
        Operation operation = match.operation();
        Caller caller = gate.admit(call, operation);
        ObjectNode parameters = operation.parameters(call, match.fromPath());
        JsonNode body = operation.body(call);
        ApiCall whole = new ApiCall(call, caller, parameters, body);
        if (!call.mayChange()) {
            return followed(operation, () -> endpoint(operation).answer(whole));
        }
        Reply reply = followed(operation, () -> once(operation, whole));
        LOG.atInfo()
                .addKeyValue("who", caller.name())
                .addKeyValue("operation", operation.id())
                .addKeyValue("address", call.remoteAddress())
                .log("asked for over HTTP");
        return reply;
    }

    private Problem notHere(Call call) {
        Set<String> methods = document.methods(call.path());
        return methods.isEmpty()
                ? Problem.of(404, "there is nothing here; GET /api/openapi.json says what there is")
                : Problem.of(405, "here is answered: " + String.join(", ", methods))
                        .with("allow", String.join(", ", methods));
    }

    private Endpoint endpoint(Operation operation) {
        Endpoint endpoint = endpoints.get(operation.id());
        if (endpoint == null) {
            throw new IllegalStateException("no endpoint for " + operation.id());
        }
        return endpoint;
    }

    private Reply once(Operation operation, ApiCall call) throws InterruptedException {
        Optional<String> given = call.maybe("Idempotency-Key");
        if (given.isEmpty() || !operation.repeatable()) {
            return endpoint(operation).answer(call);
        }
        AnswerLog.Turn turn = answers.begin(
                call.caller().name() + "\n" + call.raw().path() + "\n" + given.get(),
                call.raw().body());
        if (turn.answered().isPresent()) {
            return turn.answered().get();
        }
        try {
            Reply reply = endpoint(operation).answer(call);
            boolean unused = reply.<Boolean>fold(
                    whole -> {
                        turn.ended(whole);
                        return true;
                    },
                    stream -> false);
            return reply;
        } catch (Problem | SettingsException | CommandFailure | AuthorizationException e) {
            // Refused before anything was done. After any other failure nobody knows, and a repetition is told so.
            turn.dropped();
            throw e;
        }
    }

    /** What follows from a call. */
    private interface Work {
        Reply done() throws InterruptedException;
    }

    private Reply followed(Operation operation, Work work) {
        if (!room.tryAcquire()) {
            throw Problem.of(503, "the console is busy with " + AT_A_TIME + " other requests")
                    .with("retry-after", "2");
        }
        try {
            return work.done();
        } catch (SettingsException e) {
            // What was asked for names something that is not there; the sentences are the command line's.
            throw Problem.of(422, WordsOfTheApi.of(String.join("; ", e.problems())));
        } catch (CommandFailure e) {
            // It can't be done as things are; nothing was done.
            throw Problem.of(503, String.valueOf(e.getMessage())).with("retry-after", "10");
        } catch (AuthorizationException e) {
            // The console's principal may not do this; nothing was done.
            LOG.atWarn()
                    .addKeyValue("operation", operation.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("Kafka refused a call");
            throw Problem.of(
                    503,
                    "Kafka refuses the console this; './listing-sync topics acls' says what it needs, and whoever has the"
                            + " right does the rest at the command line");
        } catch (KafkaException e) {
            // Kafka is away; nothing was done that it did not confirm.
            LOG.atWarn()
                    .addKeyValue("operation", operation.id())
                    .addKeyValue("reason", e.getMessage())
                    .log("Kafka failed a call");
            throw Problem.of(503, "Kafka does not answer; try again").with("retry-after", "5");
        } catch (InterruptedException e) {
            // The server stops.
            Thread.currentThread().interrupt();
            throw Problem.of(503, "the console is stopping");
        } finally {
            room.release();
        }
    }
}
