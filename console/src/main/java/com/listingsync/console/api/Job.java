package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Long work that somebody asked for here, from its beginning to its result. Worked on by one thread, looked at by any. */
final class Job {

    private final String id;
    private final Kind kind;
    private final String who;
    private final long startedAt;
    private final BooleanSupplier closing;
    private final Map<String, JsonNode> parts = new LinkedHashMap<>();
    private volatile LongSupplier read = () -> 0;
    private volatile @Nullable Ending ending;

    /** What kind of work it is; one of each is done at a time. */
    enum Kind {
        /** Supabase against the log, and the log against its sources. */
        VERIFY("verify", "comparison"),
        /** All that can be wrong with a deployment. */
        DOCTOR("doctor", "diagnosis"),
        /** An older sync's tables against ours. */
        COMPARE("compare", "comparison with an older sync"),
        /** What a replay would send. */
        REPLAY_TRIAL("replay-trial", "trial of a replay"),
        /** What a reprocess would change. */
        REPROCESS_TRIAL("reprocess-trial", "trial of a reprocess");

        private final String wireName;
        private final String thing;

        Kind(String wireName, String thing) {
            this.wireName = wireName;
            this.thing = thing;
        }

        /** What people call one. */
        String thing() {
            return thing;
        }

        String wireName() {
            return wireName;
        }

        static Optional<Kind> of(String wireName) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName.equals(wireName))
                    .findFirst();
        }
    }

    private record Ending(
            @Nullable JsonNode result, @Nullable String problem, long at) {}

    /** @param closing whether the console stops, so that the work is to end early */
    Job(String id, Kind kind, String who, long startedAt, BooleanSupplier closing) {
        this.id = id;
        this.kind = kind;
        this.who = who;
        this.startedAt = startedAt;
        this.closing = closing;
    }

    String id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    boolean isEnded() {
        return ending != null;
    }

    /** Whether it is to be given up, since the console stops. */
    boolean mustStop() {
        return closing.getAsBoolean();
    }

    /** @param records counts what has been read so far */
    void counting(LongSupplier records) {
        read = records;
    }

    /** Something that is known of it beside its result, such as what a repair did. */
    void part(String name, JsonNode json) {
        synchronized (parts) {
            parts.put(name, json);
        }
    }

    void ended(JsonNode result, long at) {
        ending = new Ending(result, null, at);
    }

    /** It came to no result. */
    void failed(String why, long at) {
        ending = new Ending(null, why, at);
    }

    /** {@code job, kind, state, startedAt, endedAt, requestedBy, read, problem}; state is running, ended or failed. */
    ObjectNode outline() {
        Ending end = ending;
        return Json.MAPPER
                .createObjectNode()
                .put("job", id)
                .put("kind", kind.wireName())
                .put("state", end == null ? "running" : end.problem() == null ? "ended" : "failed")
                .put("startedAt", startedAt)
                .put("endedAt", end == null ? null : (Long) end.at())
                .put("requestedBy", who)
                .put("read", read.getAsLong())
                .put("problem", end == null ? null : end.problem());
    }

    /** The outline with {@code result}, null before the end, and what else is known. */
    ObjectNode json() {
        // The ending is read first, so that an ended job has all its parts.
        Ending end = ending;
        ObjectNode json = outline();
        json.set("result", end == null ? null : end.result());
        synchronized (parts) {
            parts.forEach(json::set);
        }
        return json;
    }
}
