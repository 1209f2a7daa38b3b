package com.listingsync.sink;

import com.listingsync.common.health.Health;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.sink.consume.Identity;
import com.listingsync.sink.deliver.TableAccess;
import com.listingsync.sink.change.StatusChange;
import com.listingsync.sink.cutover.CutoverSettings;
import com.listingsync.sink.follow.Beginning;
import com.listingsync.sink.follow.CutoverFollower;
import com.listingsync.sink.follow.FollowLoop;
import com.listingsync.sink.follow.Follower;
import com.listingsync.sink.follow.Following;
import com.listingsync.sink.notify.Notifying;
import com.listingsync.sink.owner.Owners;
import com.listingsync.sink.post.Unpublishing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows a status change or a run: posts are taken down, people are told. Each in a consumer group and on a thread of
 * its own, so that none ever waits for another, and rows wait for none. What nobody asked for is not started. Thread-safe.
 */
final class Followings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Followings.class);

    private final Map<String, Object> clients;
    private final String group;
    private final String instance;
    private final Topics topics;
    private final Meters meters;
    private final BooleanSupplier held;
    private final CutoverSettings cutover;
    private final Optional<TableAccess> tables;
    private final Optional<Unpublishing> unpublishing;
    private final Notifying notifying;
    private final List<FollowThread> threads = new ArrayList<>();
    private boolean closed;

    Followings(
            SinkSettings settings,
            Map<String, Object> clients,
            String instance,
            Owners owners,
            Mapping mapping,
            BooleanSupplier held,
            Meters meters) {
        this.clients = clients;
        this.group = settings.kafka().topicPrefix() + "-sink";
        this.instance = instance;
        this.topics = settings.kafka().topics();
        this.meters = meters;
        this.held = held;
        this.cutover = settings.cutover();
        this.notifying = new Notifying(owners, settings.notices(), settings.smtp(), meters, Clock.systemUTC());
        this.tables = owners.havePosts() ? Optional.of(new TableAccess(settings.supabase())) : Optional.empty();
        this.unpublishing = tables.map(
                access -> new Unpublishing(owners, access, mapping, settings.posts(), meters, Clock.systemUTC()));
        if (unpublishing.isEmpty()) {
            LOG.atInfo().log("no owner has an account in the connections file (SYNC_CONNECTIONS): posts stay up");
        }
    }

    /** The topics that are read and written. */
    List<TopicSpec> topics() {
        Set<TopicSpec> used = new LinkedHashSet<>();
        if (unpublishing.isPresent() || notifying.wanted()) {
            used.add(topics.statusChanges());
            used.add(topics.deadLetters(Stage.SINK));
            used.add(topics.fates());
        }
        if (notifying.wanted()) {
            used.add(topics.runs());
        }
        return List.copyOf(used);
    }

    /** Adds what keeps them from working to the service's checks. */
    void watch(Health health) {
        unpublishing.ifPresent(posts -> health.readyWhen("posts", posts::trouble));
        if (notifying.wanted()) {
            health.readyWhen("notices", notifying::trouble);
        }
        health.aliveWhen("followings", this::failure);
    }

    /** Starts them; Kafka must be there. */
    synchronized void start() {
        if (closed) {
            return;
        }
        unpublishing.ifPresent(
                posts -> start("unpublish", topics.statusChanges().name(), Beginning.OLDEST, ofListings(posts)));
        if (notifying.wanted()) {
            start("notify", topics.statusChanges().name(), Beginning.NEXT, ofListings(notifying.ofStatusChanges()));
            start("notify-runs", topics.runs().name(), Beginning.NEXT, ofRuns(notifying.ofRuns()));
        }
    }

    /** Records what has ended, and ends; what has not ended comes again. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(FollowThread::stop);
        threads.forEach(FollowThread::awaitEnd);
        threads.clear();
        notifying.close();
        unpublishing.ifPresent(Unpublishing::close);
        tables.ifPresent(TableAccess::close);
    }

    private void start(String name, String topic, Beginning beginning, Follower follower) {
        FollowLoop loop = Following.loop(
                clients, new Identity(group + "-" + name, instance), topics, topic, beginning, follower, held, meters);
        FollowThread thread = new FollowThread(name, loop);
        threads.add(thread);
        thread.start();
    }

    private Follower ofListings(Follower follower) {
        return new CutoverFollower(
                cutover, change -> StatusChange.listingOf(change.value()), follower, meters, Clock.systemUTC());
    }

    private Follower ofRuns(Follower follower) {
        return new CutoverFollower(cutover, run -> Optional.empty(), follower, meters, Clock.systemUTC());
    }

    private synchronized Optional<String> failure() {
        return threads.stream()
                .map(FollowThread::failure)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
