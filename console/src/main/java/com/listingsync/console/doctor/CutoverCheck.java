package com.listingsync.console.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.live.ServiceAddresses;
import com.listingsync.console.shell.Amount;
import com.listingsync.sink.cutover.CutoverSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far this sync has taken over from an older one: what the sinks say, and whether they and the tools here say the same. Sinks that differ
 * write a listing or leave it by the accident of who has its partition; a tool that differs from them compares and replays the wrong
 * listings.
 *
 * @param here what the settings here say
 * @param sinks the sinks that run
 */
record CutoverCheck(CutoverSettings here, SinkInstances sinks) implements Check {

    static final String AREA = "sink";

    private static final String NAME = "cutover";
    private static final String PAGE = "docs/cutover.md";

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        Map<String, Optional<JsonNode>> told = sinks.cutovers();
        told.forEach((address, cutover) -> {
            if (cutover.isEmpty()) {
                findings.add(Finding.unseen(
                        AREA,
                        address,
                        "does not answer, so what it writes is not known",
                        "curl http://" + address + "/health/ready shows its mode and percent under cutover"));
            }
        });
        Map<String, List<String>> sayings = told.entrySet().stream()
                .filter(each -> each.getValue().isPresent())
                .collect(Collectors.groupingBy(
                        each -> saying(each.getValue().orElseThrow()),
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        findings.add(finding(sayings));
        return findings;
    }

    private Finding finding(Map<String, List<String>> sayings) {
        String own = saying(here.mode().toString(), here.percent());
        if (sayings.isEmpty()) {
            return Finding.good(
                    AREA,
                    NAME,
                    here.words() + "; so the settings here say, and no sink was asked (" + ServiceAddresses.SETTING
                            + " names none that answers)");
        }
        if (sayings.size() > 1) {
            return Finding.bad(
                    AREA,
                    NAME,
                    "the sinks differ: "
                            + sayings.entrySet().stream()
                                    .map(each -> String.join(", ", each.getValue()) + " has " + each.getKey())
                                    .collect(Collectors.joining("; ")),
                    "give every sink the same SYNC_MODE and SYNC_CUTOVER_PERCENT, and restart those that differ ("
                            + PAGE + ")");
        }
        Map.Entry<String, List<String>> all = sayings.entrySet().iterator().next();
        String theirs = all.getKey();
        long sinks = all.getValue().size();
        if (!theirs.equals(own)) {
            return Finding.bad(
                    AREA,
                    NAME,
                    Amount.of(sinks, "sink") + " with " + theirs + ", and the settings here say " + own
                            + ": verify and replay would take the wrong listings",
                    "set SYNC_MODE and SYNC_CUTOVER_PERCENT here and for the console as they are set for the sinks");
        }
        String words = here.words() + ", says " + Amount.of(sinks, "sink");
        return here.isComplete()
                ? Finding.good(AREA, NAME, words)
                : Finding.warning(AREA, NAME, words, PAGE + " has the steps from here, forward and back");
    }

    private static String saying(JsonNode cutover) {
        return saying(cutover.path("mode").asText(), cutover.path("percent").asInt());
    }

    private static String saying(String mode, int percent) {
        return "SYNC_MODE=" + mode + " SYNC_CUTOVER_PERCENT=" + percent;
    }
}
