package com.listingsync.sink.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.common.wire.Json;
import com.listingsync.sink.owner.Owner;
import com.listingsync.sink.owner.Owners;
import com.listingsync.sink.owner.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the end of a run is news to whom: to whoever runs the deployment, and to each owner of a connection that could not be
 * read, of which they are told their own feeds only. Pure.
 */
final class RunNotices {

    private final Owners owners;
    private final Subscription deployment;

    RunNotices(Owners owners, Subscription deployment) {
        this.owners = owners;
        this.deployment = deployment;
    }

    List<Addressed> of(RunState run) {
        if (run.status() != RunStatus.FAILED) {
            return List.of();
        }
        Map<String, String> problems = new TreeMap<>();
        run.feeds().forEach((name, feed) -> {
            if (feed.problem() != null) {
                problems.put(name, feed.problem());
            }
        });
        List<Addressed> addressed = new ArrayList<>();
        if (deployment.active() && deployment.failedRuns()) {
            addressed.add(new Addressed(
                    new Subscriber(Subscriber.DEPLOYMENT, deployment), notice(run, problems, Subscriber.DEPLOYMENT)));
        }
        for (Owner owner : owners.all()) {
            Map<String, String> theirs = new TreeMap<>(problems);
            theirs.keySet()
                    .removeIf(feed -> !owner.name().equals(owners.byConnection().get(connection(feed))));
            if (!theirs.isEmpty()
                    && owner.subscription().active()
                    && owner.subscription().failedRuns()) {
                addressed.add(new Addressed(
                        new Subscriber(owner.name(), owner.subscription()), notice(run, theirs, owner.name())));
            }
        }
        return addressed;
    }

    private static Notice notice(RunState run, Map<String, String> problems, String to) {
        Instant ended = Instant.ofEpochMilli(Objects.requireNonNullElse(run.endedAt(), run.startedAt()));
        ObjectNode data = Json.MAPPER
                .createObjectNode()
                .put("run", run.run())
                .put("trigger", run.trigger())
                .put("startedAt", Instant.ofEpochMilli(run.startedAt()).toString())
                .put("endedAt", ended.toString());
        ArrayNode feeds = data.putArray("feeds");
        StringBuilder text = new StringBuilder("Sync run " + run.run() + " failed. These could not be read:\n");
        problems.forEach((feed, problem) -> {
            feeds.addObject().put("feed", feed).put("problem", problem);
            text.append("\n- ").append(feed).append(": ").append(problem);
        });
        return new Notice(
                Notice.idOf("run", run.run(), to),
                Notice.RUN_FAILED,
                ended,
                data,
                "Sync run " + run.run() + " failed",
                text.append('\n').toString());
    }

    private static String connection(String feed) {
        int slash = feed.indexOf('/');
        return slash < 0 ? feed : feed.substring(0, slash);
    }
}
