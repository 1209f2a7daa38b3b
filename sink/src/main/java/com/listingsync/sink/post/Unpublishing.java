package com.listingsync.sink.post;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.topic.Stage;
import com.listingsync.sink.change.StatusChange;
import com.listingsync.sink.deliver.TableAccess;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import com.listingsync.sink.follow.Follower;
import com.listingsync.sink.follow.Unmet;
import com.listingsync.sink.lane.Lane;
import com.listingsync.sink.lane.LaneRule;
import com.listingsync.sink.owner.Owner;
import com.listingsync.sink.owner.Owners;
import com.listingsync.sink.owner.Platform;
import com.listingsync.sink.owner.PlatformAccount;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the posts of listings down that left the market, and notes in each post's row what became of it. Thread-safe.
 *
 * <p>A post is {@code published} until its platform has deleted it, or says that it is gone; so whatever happens in between,
 * the change that comes again finds what is left to do.
 */
public final class Unpublishing implements Follower, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Unpublishing.class);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private final Owners owners;
    private final Posts posts;
    private final PlatformClient client;
    private final AccountTroubles troubles = new AccountTroubles();
    private final Map<Platform, Lane> platforms = new EnumMap<>(Platform.class);
    private final SupabaseLane supabase = new SupabaseLane();
    private final Meters meters;
    private final Clock clock;

    /** @param tables where posts are noted; the caller's to close */
    public Unpublishing(
            Owners owners, TableAccess tables, Mapping mapping, PostSettings settings, Meters meters, Clock clock) {
        this.owners = owners;
        this.posts = new Posts(tables, mapping);
        this.client = new PlatformClient(settings.requestTimeout(), meters, clock);
        this.meters = meters;
        this.clock = clock;
        for (Platform platform : Platform.values()) {
            Lane lane = new Lane(platform.title(), rule(settings));
            platforms.put(platform, lane);
            meters.gauge(Meter.CIRCUIT_BREAKER_STATE, lane::breakerState, platform.wireName());
        }
    }

    @Override
    public CompletionStage<List<Unmet>> follow(ConsumerRecord<byte[], byte[]> record) {
        StatusChange change;
        try {
            change = StatusChange.of(record.value());
        } catch (IllegalArgumentException e) {
            // Not lost: it becomes a dead letter as it is, with this sentence.
            String words = String.valueOf(e.getMessage());
            return CompletableFuture.completedFuture(List.of(new Unmet(
                    DeadLetter.of(Stage.SINK, "unreadable", words, Optional.of(position(record)), clock.instant()),
                    Map.of())));
        }
        if (!change.unpublishes()) {
            if (!change.action().equals("none")) {
                LOG.atInfo()
                        .addKeyValue("listing", change.listing())
                        .addKeyValue("action", change.action())
                        .log("a listing is on the market again; its posts are left alone");
            }
            return CompletableFuture.completedFuture(List.of());
        }
        return supabase.ask(() -> candidates(change)).thenCompose(found -> takeDown(change, found, record));
    }

    /** Only posts that stay up make dead letters of status changes. */
    @Override
    public boolean answersForReplays() {
        return true;
    }

    /** What keeps posts from being taken down at present, in words; empty when nothing does. */
    public Optional<String> trouble() {
        return Stream.concat(
                        Stream.concat(platforms.values().stream().map(Lane::trouble), Stream.of(supabase.trouble()))
                                .flatMap(Optional::stream),
                        troubles.inWords().stream())
                .reduce((one, other) -> one + "; " + other);
    }

    /** Begins no further deletion, and waits for those under way. */
    @Override
    public void close() {
        platforms.values().forEach(Lane::close);
        supabase.close();
        client.close();
    }

    private List<Post> candidates(StatusChange change) throws AwayException {
        if (posts.isOverruled(change)) {
            LOG.atInfo()
                    .addKeyValue("listing", change.listing())
                    .log(
                            "an old change calls for taking posts down, but the listing is on the market again: left alone");
            return List.of();
        }
        return posts.ofListing(change.listing());
    }

    private CompletionStage<List<Unmet>> takeDown(
            StatusChange change, List<Post> found, ConsumerRecord<byte[], byte[]> record) {
        List<CompletableFuture<Optional<Unmet>>> ends = found.stream()
                .map(post -> takeDown(change, post)
                        .thenCompose(end -> noted(change, post, end))
                        .thenApply(end -> unmet(post, end, record)))
                .toList();
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .thenApply(all -> ends.stream()
                        .map(CompletableFuture::join)
                        .flatMap(Optional::stream)
                        .toList());
    }

    private CompletableFuture<PostEnd> takeDown(StatusChange change, Post post) {
        if (post.publishedAt().isAfter(change.at())) {
            return ended(new PostEnd.LeftUp("it was posted after the change"));
        }
        Optional<Platform> platform = Platform.of(post.platform());
        if (platform.isEmpty()) {
            return ended(failed("unknown-platform", "its platform is none of facebook, instagram, linkedin"));
        }
        Optional<Owner> owner = post.owner().isPresent()
                ? post.owner().flatMap(owners::named)
                : owners.ofConnection(change.connection());
        Optional<PlatformAccount> account = owner.flatMap(each -> each.account(platform.get()));
        if (account.isEmpty()) {
            return ended(failed("no-account", noAccount(owner, platform.get())));
        }
        return lane(platform.get())
                .send(new Removal(change, post, owner.orElseThrow().name(), account.get(), client, posts, troubles));
    }

    private Lane lane(Platform platform) {
        return Objects.requireNonNull(platforms.get(platform), "every platform has a lane");
    }

    private CompletionStage<PostEnd> noted(StatusChange change, Post post, PostEnd end) {
        String platform = Platform.of(post.platform()).map(Platform::wireName).orElse("unknown");
        return end.fold(
                down -> {
                    count(platform, down.wasGone() ? "gone" : "unpublished");
                    return supabase.ask(() -> {
                        posts.takenDown(post, clock.instant());
                        return end;
                    });
                },
                left -> {
                    count(platform, "left_up");
                    LOG.atInfo()
                            .addKeyValue("listing", change.listing())
                            .addKeyValue("post", post.id())
                            .addKeyValue("why", left.why())
                            .log("a post is left up");
                    return ended(end);
                },
                failed -> {
                    count(platform, "failed");
                    LOG.atError()
                            .addKeyValue("listing", change.listing())
                            .addKeyValue("post", post.id())
                            .addKeyValue("platform", platform)
                            .addKeyValue("code", failed.code())
                            .addKeyValue("why", failed.words())
                            .log("a post could not be taken down");
                    return supabase.ask(() -> {
                        posts.failed(post, failed.words());
                        return end;
                    });
                });
    }

    private Optional<Unmet> unmet(Post post, PostEnd end, ConsumerRecord<byte[], byte[]> record) {
        return end.fold(
                down -> Optional.empty(),
                left -> Optional.empty(),
                failed -> Optional.of(new Unmet(
                        new DeadLetter(
                                Stage.SINK,
                                failed.code(),
                                failed.words(),
                                Optional.empty(),
                                failed.httpStatus(),
                                failed.attempts(),
                                Optional.empty(),
                                Optional.of(position(record)),
                                clock.instant()),
                        Map.of(DeadLetter.PLATFORM, post.platform(), DeadLetter.POST, post.externalId()))));
    }

    private void count(String platform, String outcome) {
        meters.counter(Meter.SINK_POSTS, platform, outcome).increment();
    }

    private static PostEnd failed(String code, String words) {
        return new PostEnd.Failed(code, words, Optional.empty(), 1);
    }

    private static String noAccount(Optional<Owner> owner, Platform platform) {
        return owner.map(each -> "owner '" + each.name() + "' has no " + platform.wireName() + " in connections.yaml")
                .orElse("neither the post nor its connection names an owner that connections.yaml describes");
    }

    private static CompletableFuture<PostEnd> ended(PostEnd end) {
        return CompletableFuture.completedFuture(end);
    }

    private static Position position(ConsumerRecord<byte[], byte[]> record) {
        return new Position(record.topic(), record.partition(), record.offset());
    }

    private static LaneRule rule(PostSettings settings) {
        Duration longest = settings.retryDelay().compareTo(LONGEST_DELAY) > 0 ? settings.retryDelay() : LONGEST_DELAY;
        return new LaneRule(
                Duration.ofSeconds(1).dividedBy(settings.perSecond()),
                settings.retryDelay(),
                longest,
                Optional.of(settings.giveUpAfter()),
                settings.breakerThreshold(),
                settings.breakerTimeout());
    }
}
