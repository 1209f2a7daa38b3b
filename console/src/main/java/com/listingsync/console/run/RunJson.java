package com.listingsync.console.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.run.FeedState;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.signal.Signal;
import com.listingsync.common.wire.Json;
import com.listingsync.console.signal.SignalBoard;
import java.util.List;

/**
 * Runs as JSON for scripts and the HTTP API. Field names are an interface (docs/sync.md): {@code run, trigger, status,
 * startedAt, endedAt, balanced, missingKeys, total, feeds[]}; each feed and the total have {@code fetched, skipped, parked, written, unchanged, refused,
 * inFlight} and {@code counts} with the reasons; a feed has {@code pageSize} where the run named one. Stateless.
 */
public final class RunJson {

    private RunJson() {}

    /** One run; how far it is told by the reports alone, so that the same run always gives the same document. */
    public static ObjectNode of(RunState run) {
        return document(run);
    }

    /**
     * One run with how far each feed is: a running one has {@code percent, rowsPerSecond, secondsLeft} in each feed, null where
     * that can't be told.
     *
     * @param now in milliseconds since 1970
     */
    public static ObjectNode of(RunState run, long now) {
        ObjectNode json = document(run);
        if (!run.status().ended()) {
            int index = 0;
            for (FeedState feed : run.feeds().values()) {
                pace((ObjectNode) json.get("feeds").get(index), FeedPace.of(feed, now));
                index++;
            }
        }
        return json;
    }

    /** As {@link #of(RunState, long)}, with {@code paused[]}: what is paused now and may hold the run. */
    public static ObjectNode of(RunState run, long now, List<Signal> paused) {
        ObjectNode json = of(run, now);
        ArrayNode all = json.putArray("paused");
        paused.forEach(signal -> all.add(SignalBoard.json(signal)));
        return json;
    }

    private static void pace(ObjectNode json, FeedPace pace) {
        json.put("percent", pace.percent().isPresent() ? (Long) pace.percent().getAsLong() : null);
        json.put("rowsPerSecond", pace.ended() ? null : (Long) Math.round(pace.perSecond()));
        json.put(
                "secondsLeft",
                pace.secondsLeft().isPresent() ? (Long) pace.secondsLeft().getAsLong() : null);
    }

    private static ObjectNode document(RunState run) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("run", run.run())
                .put("trigger", run.trigger())
                .put("status", run.status().wireName())
                .put("startedAt", run.startedAt())
                .put("endedAt", run.endedAt())
                .put("balanced", isBalanced(run));
        ArrayNode missing = json.putArray("missingKeys");
        run.missingKeys().forEach(missing::add);
        json.set("total", tally(run.total()));
        var feeds = json.putArray("feeds");
        run.feeds().forEach((name, feed) -> feeds.add(feed(name, feed)));
        return json;
    }

    /** Whether every fetched record of every feed is accounted for. */
    public static boolean isBalanced(RunState run) {
        return run.feeds().values().stream().allMatch(feed -> feed.tally().inFlight() == 0);
    }

    private static ObjectNode feed(String name, FeedState feed) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("feed", name)
                .put("expected", feed.expected())
                .put("startedAt", feed.startedAt())
                .put("finishedAt", feed.finishedAt())
                .put("problem", feed.problem());
        if (feed.startedAt() != null && feed.finishedAt() != null) {
            json.put("seconds", (feed.finishedAt() - feed.startedAt()) / 1000.0);
        }
        if (feed.pageSize() != null) {
            json.put("pageSize", feed.pageSize());
        }
        json.setAll(tally(feed.tally()));
        return json;
    }

    private static ObjectNode tally(Tally tally) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("fetched", tally.fetched())
                .put("skipped", tally.skipped())
                .put("parked", tally.parked())
                .put("written", tally.written())
                .put("unchanged", tally.unchanged())
                .put("refused", tally.refused())
                .put("inFlight", tally.inFlight());
        ObjectNode counts = json.putObject("counts");
        tally.counts().forEach(counts::put);
        return json;
    }
}
