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
    private final Repetitions repetitions;
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
            Repetitions repetitions,
            Map<String, Endpoint> endpoints,
            Function<Call, Reply> pages) {
        this.document = document;
        this.gate = gate;
        this.repetitions = repetitions;
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
            return followed(operation, whole);
        }
        Reply reply = once(operation, whole);
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

    private Reply once(Operation operation, ApiCall call) {
        Optional<String> given = call.maybe("Idempotency-Key");
        if (given.isEmpty() || !operation.repeatable()) {
            return followed(operation, call);
        }
        String key = call.caller().name() + "\n" + call.raw().path() + "\n" + given.get();
        Optional<Reply.Whole> before = repetitions.begin(key, call.raw().body());
        if (before.isPresent()) {
            return before.get();
        }
        boolean ended = false;
        try {
            Reply reply = followed(operation, call);
            reply.<Boolean>fold(
                    whole -> {
                        repetitions.ended(key, whole);
                        return true;
                    },
                    stream -> false);
            ended = true;
            return reply;
        } finally {
            if (!ended) {
                repetitions.failed(key);
            }
        }
    }

    private Reply followed(Operation operation, ApiCall call) {
        Endpoint endpoint = endpoints.get(operation.id());
        if (endpoint == null) {
            throw new IllegalStateException("no endpoint for " + operation.id());
        }
        if (!room.tryAcquire()) {
            throw Problem.of(503, "the console is busy with " + AT_A_TIME + " other requests")
                    .with("retry-after", "2");
        }
        try {
            return endpoint.answer(call);
        } catch (SettingsException e) {
            // What was asked for names something that is not there; the sentences are the command line's.
            throw Problem.of(422, inWordsOfTheApi(String.join("; ", e.problems())));
        } catch (CommandFailure e) {
            // It can't be done as things are; nothing was done.
            throw Problem.of(503, String.valueOf(e.getMessage())).with("retry-after", "10");
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

    private static String inWordsOfTheApi(String sentence) {
        return sentence.replace("--connection:", "connections:")
                .replace("--owner:", "owners:")
                .replace("--table:", "tables:")
                .replace("--keys:", "keys:")
                .replace("leave --keys out", "leave them out")
                .replace("these switches together", "this selection");
    }
}
