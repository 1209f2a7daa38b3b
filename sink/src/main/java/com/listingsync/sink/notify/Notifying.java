package com.listingsync.sink.notify;

import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.RunState;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.sink.change.StatusChange;
import com.listingsync.sink.follow.Follower;
import com.listingsync.sink.lane.Attempt;
import com.listingsync.sink.lane.Errand;
import com.listingsync.sink.lane.Lane;
import com.listingsync.sink.lane.LaneRule;
import com.listingsync.sink.owner.Owner;
import com.listingsync.sink.owner.Owners;
import com.listingsync.sink.owner.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whoever subscribed. Thread-safe. A notice that can't be delivered is logged and counted, and holds nothing up. */
public final class Notifying implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifying.class);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);
    private static final int BREAKER_THRESHOLD = 5;
    private static final Duration BREAKER_TIMEOUT = Duration.ofMinutes(1);
    private static final String WEBHOOK = "webhook";
    private static final String EMAIL = "email";

    private final StatusNotices statuses;
    private final RunNotices runs;
    private final boolean wanted;
    private final WebhookClient webhooks;
    private final MailClient mail;
    private final LaneRule rule;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Memory memory = new Memory();
    private final Meters meters;

    /** @throws SettingsException when somebody wants e-mail and there is no mail server */
    public Notifying(Owners owners, NotifySettings settings, SmtpSettings smtp, Meters meters, Clock clock) {
        Subscription deployment = settings.deployment();
        List<Subscription> all = Stream.concat(owners.all().stream().map(Owner::subscription), Stream.of(deployment))
                .filter(Subscription::active)
                .toList();
        if (!smtp.present() && all.stream().anyMatch(each -> !each.mailboxes().isEmpty())) {
            throw new SettingsException("SYNC_SMTP_HOST is not set, but somebody is to be told by e-mail");
        }
        this.wanted = !all.isEmpty();
        this.statuses = new StatusNotices(owners);
        this.runs = new RunNotices(owners, deployment);
        this.webhooks = new WebhookClient(clock);
        this.mail = new MailClient(smtp);
        Duration longest = settings.retryDelay().compareTo(LONGEST_DELAY) > 0 ? settings.retryDelay() : LONGEST_DELAY;
        this.rule = new LaneRule(
                Duration.ZERO,
                settings.retryDelay(),
                longest,
                Optional.of(settings.giveUpAfter()),
                BREAKER_THRESHOLD,
                BREAKER_TIMEOUT);
        this.meters = meters;
    }

    /** Whether there is anybody to tell. */
    public boolean wanted() {
        return wanted;
    }

    /** Follows status changes. */
    public Follower ofStatusChanges() {
        return record -> told(() -> statuses.of(StatusChange.of(record.value())));
    }

    /** Follows runs. */
    public Follower ofRuns() {
        return record -> told(() -> record.value() == null ? List.of() : runs.of(RunState.of(record.value())));
    }

    /** What keeps notices from being delivered at present, in words; empty when nothing does. */
    public Optional<String> trouble() {
        return lanes.values().stream()
                .flatMap(lane -> lane.trouble().stream())
                .sorted()
                .reduce((one, other) -> one + "; " + other);
    }

    /** Begins no further attempt, and waits for those under way. */
    @Override
    public void close() {
        lanes.values().forEach(Lane::close);
        webhooks.close();
    }

    private CompletableFuture<List<com.listingsync.sink.follow.Unmet>> told(Supplier<List<Addressed>> news) {
        List<Addressed> addressed;
        try {
            addressed = news.get();
        } catch (IllegalArgumentException e) {
            // Nobody can be told what can't be read; whoever else reads the topic dead-letters it.
            LOG.atWarn().addKeyValue("why", e.getMessage()).log("a record is news to nobody, because it can't be read");
            return CompletableFuture.completedFuture(List.of());
        }
        List<CompletableFuture<?>> ends = new ArrayList<>();
        addressed.forEach(each -> ends.addAll(send(each)));
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).thenApply(all -> List.of());
    }

    private List<CompletableFuture<?>> send(Addressed addressed) {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        Subscription subscription = addressed.to().subscription();
        subscription
                .webhook()
                .ifPresent(webhook -> send(
                                "webhook of " + addressed.to().name(),
                                WEBHOOK,
                                addressed,
                                () -> webhooks.send(webhook, addressed.notice()))
                        .ifPresent(ends::add));
        subscription
                .mailboxes()
                .forEach(mailbox -> send(
                                "mail server", EMAIL, addressed, mailbox, () -> mail.send(mailbox, addressed.notice()))
                        .ifPresent(ends::add));
        return ends;
    }

    private Optional<CompletableFuture<Told>> send(
            String lane, String channel, Addressed addressed, Supplier<Attempt<Told>> attempt) {
        return send(lane, channel, addressed, lane, attempt);
    }

    private Optional<CompletableFuture<Told>> send(
            String lane, String channel, Addressed addressed, String target, Supplier<Attempt<Told>> attempt) {
        if (!memory.isNew(target, addressed.notice())) {
            return Optional.empty();
        }
        return Optional.of(lanes.computeIfAbsent(lane, name -> new Lane(name, rule))
                .send(errand(attempt))
                .whenComplete((told, defect) -> {
                    if (told != null) {
                        report(channel, addressed, told);
                    }
                }));
    }

    private void report(String channel, Addressed addressed, Told told) {
        meters.counter(Meter.SINK_NOTICES, channel, told.delivered() ? "delivered" : "failed")
                .increment();
        LOG.atLevel(told.delivered() ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.ERROR)
                .addKeyValue("to", addressed.to().name())
                .addKeyValue("channel", channel)
                .addKeyValue("type", addressed.notice().type())
                .addKeyValue("id", addressed.notice().id())
                .addKeyValue("why", told.words())
                .log(told.delivered() ? "a notice was delivered" : "a notice could not be delivered");
    }

    private static Errand<Told> errand(Supplier<Attempt<Told>> attempt) {
        return new Errand<>() {
            @Override
            public Attempt<Told> attempt(int number) {
                return attempt.get();
            }

            @Override
            public Told givenUp(Attempt.Again<Told> last, int attempts) {
                return new Told(false, "tried " + attempts + " times, and at last: " + last.words());
            }
        };
    }
}
