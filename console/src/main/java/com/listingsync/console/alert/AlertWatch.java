package com.listingsync.console.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.alert.AlertBook.Holding;
import com.listingsync.console.live.Sample;
import com.listingsync.console.live.ServiceView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that hold now, found out at every look at the services. Told by one thread, asked by any.
 *
 * <p>Of services that nobody named to the console it knows nothing, so none of them counts as down.
 */
public final class AlertWatch {

    private static final String CONSOLE = "console";
    private static final List<String> JOBS = List.of("producer", "processor", "sink", CONSOLE);

    private final Supplier<String> ownMeters;
    private final MeterHistory history;
    private final AlertBook book;
    private volatile @Nullable Found latest;

    /** What the last look found. */
    private record Found(long at, Map<AlertRule, List<Holding>> rules) {}

    /** @param ownMeters the console's own in Prometheus' text */
    public AlertWatch(Supplier<String> ownMeters) {
        List<AlertRule> rules = AlertRule.read(text("alerts.yml"), text("alerts.md"));
        this.ownMeters = ownMeters;
        this.history = new MeterHistory(AlertBook.meters(rules));
        this.book = new AlertBook(rules);
    }

    /** Takes in how the services are; answers with what fires, the gravest first. */
    public ArrayNode looked(long at, List<ServiceView> services) {
        List<Sample> samples = new ArrayList<>();
        services.forEach(
                each -> add(samples, job(each.service()), each.name(), each.isSilent() ? 0 : 1, each.samples()));
        JOBS.stream()
                .filter(job ->
                        services.stream().noneMatch(each -> job(each.service()).equals(job)))
                .forEach(
                        job -> add(samples, job, job, 1, job.equals(CONSOLE) ? Sample.of(ownMeters.get()) : List.of()));
        history.look(at, samples);
        Found found = new Found(at, book.at(history, at));
        latest = found;
        ArrayNode firing = Json.MAPPER.createArrayNode();
        found.rules().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().severity()))
                .forEach(entry -> entry.getValue().stream()
                        .filter(Holding::firing)
                        .forEach(one -> firing.add(json(one)
                                .put("name", entry.getKey().name())
                                .put("severity", entry.getKey().severity()))));
        return firing;
    }

    /** Every rule with its words and what it holds of; empty before the first look. */
    public Optional<ObjectNode> json() {
        return Optional.ofNullable(latest).map(found -> {
            ObjectNode json = Json.MAPPER.createObjectNode().put("at", found.at());
            ArrayNode items = json.putArray("items");
            found.rules().forEach((rule, holding) -> {
                ObjectNode one = items.addObject()
                        .put("name", rule.name())
                        .put("severity", rule.severity())
                        .put("state", state(holding))
                        .put("expression", rule.written())
                        .put("forSeconds", rule.lasting().toSeconds())
                        .put("words", rule.words());
                ArrayNode all = one.putArray("holding");
                holding.forEach(each -> all.add(json(each)));
            });
            return json;
        });
    }

    private static String state(List<Holding> holding) {
        return holding.isEmpty() ? "quiet" : holding.stream().anyMatch(Holding::firing) ? "firing" : "pending";
    }

    private static ObjectNode json(Holding one) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("summary", one.summary())
                .put("since", one.since())
                .put("firing", one.firing());
        one.labels().forEach(json.putObject("labels")::put);
        return json;
    }

    /** As Prometheus labels what it has asked for. */
    private static void add(List<Sample> all, String job, String instance, double up, List<Sample> shown) {
        Map<String, String> from = Map.of("job", job, "instance", instance);
        all.add(new Sample("up", from, up));
        shown.forEach(sample -> {
            Map<String, String> tags = new TreeMap<>(sample.tags());
            tags.putAll(from);
            all.add(new Sample(sample.name(), tags, sample.value()));
        });
    }

    private static String job(String service) {
        return service.replaceAll("-\\d+$", "");
    }

    private static String text(String name) {
        try (InputStream in = AlertWatch.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " can't be read", e);
        }
    }
}
