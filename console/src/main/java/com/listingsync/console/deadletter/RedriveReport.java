package com.listingsync.console.deadletter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a replay or a discard has done so far. Confined to one thread. */
public final class RedriveReport {

    /** Problems kept for the reader; beyond these they are counted alone. */
    private static final int SHOWN = 20;

    private final String action;
    private final boolean dryRun;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Long> where = new TreeMap<>();
    private long done;
    private long overtaken;
    private long notPossible;
    private boolean stopped;
    private String auditId = "";

    RedriveReport(String action, boolean dryRun) {
        this.action = action;
        this.dryRun = dryRun;
    }

    void done(String topic) {
        done++;
        where.merge(topic, 1L, Long::sum);
    }

    void overtaken() {
        overtaken++;
    }

    void impossible(String sentence) {
        notPossible++;
        if (problems.size() < SHOWN) {
            problems.add(sentence);
        }
    }

    void stopped() {
        stopped = true;
    }

    void audited(String id) {
        auditId = id;
    }

    /** How many letters it was done to, or would be. */
    public long done() {
        return done;
    }

    /** How many were left alone, because the log holds something newer of their record. */
    public long overtakenByNewer() {
        return overtaken;
    }

    /** How many could not be sent. */
    public long impossible() {
        return notPossible;
    }

    /** Whether it was stopped before its end. */
    public boolean wasStopped() {
        return stopped;
    }

    /** Why letters could not be sent, a sentence each; the first {@value #SHOWN}. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** By topic, how many records were sent there, or would be. */
    public Map<String, Long> where() {
        return Map.copyOf(where);
    }

    /** The counts for the audit trail. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        counts.put(action, done);
        if (overtaken > 0) {
            counts.put("superseded", overtaken);
        }
        if (notPossible > 0) {
            counts.put("not possible", notPossible);
        }
        return counts;
    }

    /** Its action on the audit trail; empty for a dry run. */
    public Optional<String> audit() {
        return auditId.isEmpty() ? Optional.empty() : Optional.of(auditId);
    }

    /** The document of {@code --json} and of the API. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("dryRun", dryRun)
                .put(action, done)
                .put("superseded", overtaken)
                .put("notPossible", notPossible)
                .put("stopped", stopped);
        audit().ifPresent(id -> json.put("audit", id));
        ObjectNode topics = json.putObject("topics");
        where.forEach(topics::put);
        ArrayNode sentences = json.putArray("problems");
        problems.forEach(sentences::add);
        return json;
    }
}
