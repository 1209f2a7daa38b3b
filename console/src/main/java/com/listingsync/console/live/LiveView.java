package com.listingsync.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.live.TopicsWatch.TopicView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What two looks at the pipeline, one after the other, tell: how things stand, and how fast they move. Immutable.
 *
 * @param at when it was looked, in milliseconds since 1970
 * @param services their instances, in the order they were named
 * @param alerts those that fire
 * @param topics of the catalogue; empty when Kafka did not answer
 * @param kafkaProblem why the topics are not known
 * @param before the look before; null at the first
 */
record LiveView(
        long at,
        List<ServiceView> services,
        ArrayNode alerts,
        List<TopicView> topics,
        Optional<String> kafkaProblem,
        @Nullable LiveView before) {

    private static final List<String> BREAKERS = List.of("closed", "half open", "open");

    LiveView {
        services = List.copyOf(services);
        topics = List.copyOf(topics);
        // One look back is enough; a chain of them would never be let go.
        before = before == null
                ? null
                : new LiveView(before.at, before.services, before.alerts, before.topics, before.kafkaProblem, null);
    }

    /** As the API and the dashboard get it (docs/api.md). */
    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("at", at);
        ArrayNode all = json.putArray("services");
        services.forEach(service -> all.add(service(service)));
        json.set("alerts", alerts);
        json.set("topics", topicsJson());
        kafkaProblem.ifPresent(problem -> json.put("kafkaProblem", problem));
        json.set("breakers", breakers());
        json.set("rates", rates());
        json.set("freshness", freshness());
        json.put("parked", (long) sum(samples("listings_processor_parked"), "listings_processor_parked", Map.of()));
        json.put("parkedOldestSeconds", max("listings_processor_parked_oldest_seconds"));
        json.set("deadLetters", deadLetters());
        json.put("queue", queue());
        return json;
    }

    /** How fast it moves and what waits, for those who come later. */
    ObjectNode pace() {
        ObjectNode rates = rates();
        return Json.MAPPER
                .createObjectNode()
                .put("at", at)
                .put("fetched", rates.path("fetched").asDouble())
                .put("processed", rates.path("processed").asDouble())
                .put("written", rates.path("written").asDouble())
                .put("queue", queue());
    }

    /** Records that wait to be processed or written; 0 when that is not known. */
    long queue() {
        return topics.stream()
                .filter(topic -> !topic.spec().name().contains(".sync."))
                .flatMap(topic -> topic.lag().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The worst state of any breaker; {@code unknown} when no service tells. */
    String worstBreaker() {
        double worst = samples("listings_circuit_breaker_state")
                .mapToDouble(Sample::value)
                .max()
                .orElse(-1);
        return worst < 0 ? "unknown" : word(worst);
    }

    private static String word(double state) {
        return BREAKERS.get((int) Math.max(0, Math.min(2, state)));
    }

    private static ObjectNode service(ServiceView service) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("name", service.name())
                .put("service", service.service())
                .put("state", service.state().name().toLowerCase(java.util.Locale.ROOT));
        service.problems().forEach(json.putArray("problems")::add);
        JsonNode cutover = service.health().path("cutover");
        if (cutover.isObject()) {
            json.set("cutover", cutover);
        }
        return json;
    }

    private ArrayNode topicsJson() {
        ArrayNode json = Json.MAPPER.createArrayNode();
        Map<String, Long> earlier = new HashMap<>();
        LiveView last = before;
        if (last != null) {
            last.topics.forEach(topic -> earlier.put(topic.spec().name(), topic.end()));
        }
        for (TopicView topic : topics) {
            ObjectNode each = json.addObject()
                    .put("name", topic.spec().name())
                    .put("partitions", topic.spec().partitions())
                    .put("end", topic.end());
            Long then = earlier.get(topic.spec().name());
            each.put("perSecond", last == null || then == null ? 0 : perSecond(topic.end() - then, last));
            ObjectNode lag = each.putObject("lag");
            new TreeMap<>(topic.lag()).forEach(lag::put);
        }
        return json;
    }

    private ArrayNode breakers() {
        ArrayNode json = Json.MAPPER.createArrayNode();
        for (ServiceView service : services) {
            service.samples().stream()
                    .filter(each -> each.name().equals("listings_circuit_breaker_state"))
                    .forEach(each -> json.addObject()
                            .put("service", service.service())
                            .put("instance", service.name())
                            .put("target", each.tag("target"))
                            .put("state", word(each.value())));
        }
        return json;
    }

    private ObjectNode rates() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("fetched", rate("listings_producer_records_total", Map.of()));
        json.put("processed", rate("listings_processor_records_total", Map.of()));
        json.put("written", rate("listings_sink_rows_total", Map.of("outcome", "written")));
        json.put("rows", rate("listings_sink_rows_total", Map.of()));
        json.put("refused", rate("listings_dead_letters_total", Map.of()));
        json.put("requests", rate("listings_sink_requests_seconds_count", Map.of()));
        return json;
    }

    /** Mean time from topic to table of what was written since the look before; null when nothing was. */
    private ObjectNode freshness() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        LiveView last = before;
        double count = since("listings_sink_freshness_seconds_count", Map.of());
        double sum = since("listings_sink_freshness_seconds_sum", Map.of());
        json.put("seconds", last == null || count <= 0 ? null : (Double) round(sum / count));
        json.put("maxSeconds", round(max("listings_sink_freshness_seconds_max")));
        return json;
    }

    private ArrayNode deadLetters() {
        Map<String, Double> byCause = new TreeMap<>();
        samples("listings_dead_letters_total")
                .forEach(each -> byCause.merge(each.tag("stage") + "\0" + each.tag("code"), each.value(), Double::sum));
        ArrayNode json = Json.MAPPER.createArrayNode();
        byCause.forEach((cause, count) -> json.addObject()
                .put("stage", cause.substring(0, cause.indexOf('\0')))
                .put("code", cause.substring(cause.indexOf('\0') + 1))
                .put("sinceStart", count.longValue()));
        return json;
    }

    private java.util.stream.Stream<Sample> samples(String name) {
        return services.stream()
                .flatMap(service -> service.samples().stream())
                .filter(each -> each.name().equals(name));
    }

    private static double sum(java.util.stream.Stream<Sample> samples, String name, Map<String, String> tags) {
        return samples.filter(each -> each.name().equals(name))
                .filter(each -> each.tags().entrySet().containsAll(tags.entrySet()))
                .mapToDouble(Sample::value)
                .sum();
    }

    private double max(String name) {
        return samples(name).mapToDouble(Sample::value).max().orElse(0);
    }

    private double rate(String name, Map<String, String> tags) {
        LiveView last = before;
        return last == null ? 0 : perSecond(since(name, tags), last);
    }

    /**
     * By how much instances have counted on. One whose count fell has been restarted, and of one that was not there nothing is known of
     * what it counted before: neither takes anything from what the others did.
     */
    private double since(String name, Map<String, String> tags) {
        LiveView last = before;
        if (last == null) {
            return 0;
        }
        Map<String, Double> then = last.byInstance(name, tags);
        return byInstance(name, tags).entrySet().stream()
                .filter(each -> then.containsKey(each.getKey()))
                .mapToDouble(each -> Math.max(0, each.getValue() - then.getOrDefault(each.getKey(), 0.0)))
                .sum();
    }

    private Map<String, Double> byInstance(String name, Map<String, String> tags) {
        Map<String, Double> sums = new HashMap<>();
        services.stream()
                .filter(service -> !service.isSilent())
                .forEach(service -> sums.put(service.name(), sum(service.samples().stream(), name, tags)));
        return sums;
    }

    private double perSecond(double change, LiveView last) {
        long millis = at - last.at;
        return change <= 0 || millis <= 0 ? 0 : round(change * 1000 / millis);
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
