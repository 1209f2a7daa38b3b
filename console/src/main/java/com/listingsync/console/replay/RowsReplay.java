package com.listingsync.console.replay;

import com.listingsync.common.command.ReprocessWish.Wish;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.replay.ReplaySign.State;
import com.listingsync.sink.RowReplay;
import com.listingsync.sink.consume.Identity;
import com.listingsync.sink.consume.Purpose;
import com.listingsync.sink.cutover.CutoverSettings;
import com.listingsync.sink.cutover.Share;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replay of rows that this process runs: pass after pass through the sink's loop, while a thread of its own follows wishes, watches
 * the live stream and gives signs of life.
 *
 * <pre>
 *   preparing ─> running <─> paused, yielding, waiting ─> finished | stopped | failed | abandoned (closed in between)
 * </pre>
 *
 * <p>Parents have a pass of their own before their children: in a compacted log a child can stand before the last record of its
 * listing. Thread-safe.
 */
final class RowsReplay implements RunningReplay {

    private static final Logger LOG = LoggerFactory.getLogger(RowsReplay.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final KafkaAccess access;
    private final ReplayDefinition definition;
    private final Map<String, String> destination;
    private final List<TableLayout> layouts;
    private final ReplayJournal journal;
    private final Clock clock;
    private final SinkPause sinkPause;
    private final ReplayHold hold = new ReplayHold();
    private final Meters meters = new Meters();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile ReplayCounts counts = ReplayCounts.NONE;
    private final Standing standing;
    private volatile Wish wish = Wish.RESUME;

    /**
     * @param destination names the Supabase project, as the sink's settings do
     * @param sinkPause is closed with the replay
     */
    RowsReplay(
            KafkaAccess access,
            ReplayDefinition definition,
            Map<String, String> destination,
            List<TableLayout> layouts,
            ReplayJournal journal,
            Clock clock,
            SinkPause sinkPause) {
        this.access = access;
        this.definition = definition;
        this.destination = Map.copyOf(destination);
        this.layouts = List.copyOf(layouts);
        this.journal = journal;
        this.clock = clock;
        this.sinkPause = sinkPause;
        this.standing = new Standing(clock);
        this.thread = new Thread(this::work, "replay-" + definition.id());
        thread.setDaemon(true);
    }

    RowsReplay start() {
        thread.start();
        return this;
    }

    @Override
    public String id() {
        return definition.id();
    }

    @Override
    public ReplayStatus status() {
        ReplaySign sign = standing.sign();
        return ReplayStatus.ofRows(definition, counts, Optional.of(sign), sign.at());
    }

    @Override
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (!ended.await(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            // The caller has no time: what is not recorded is sent again by whoever takes it up.
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try (SignOfLife life = new SignOfLife(access, id())) {
            try {
                end(life, passes(life), null);
            } catch (ProducerFencedException e) {
                // Another process has taken it up, and everything that is written of it is that one's from now on.
                standing.is(State.ABANDONED, "another process has taken it up");
            } catch (RuntimeException | Error e) {
                // Nothing is lost: it can be resumed where its offsets stand. Whoever watches sees why.
                LOG.atWarn().addKeyValue("replay", id()).setCause(e).log("a replay has failed");
                end(life, State.FAILED, words(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } catch (RuntimeException e) {
            // Kafka does not answer, most likely: nobody can be told but the log, and the missing signs say so too.
            LOG.atWarn().addKeyValue("replay", id()).setCause(e).log("a replay has failed, and Kafka can't be told");
            standing.is(State.FAILED, words(e));
        } finally {
            sinkPause.close();
            meters.close();
            ended.countDown();
        }
    }

    private State passes(SignOfLife life) throws InterruptedException {
        life.give(standing.sign());
        counts = new ReplayBook(access).read().counts(id());
        sinkPause.start();
        try (LiveLag lag = new LiveLag(access);
                Wishes wishes = new Wishes(access, id())) {
            wishes.standing().ifPresent(this::follow);
            Purges purges = purges(life, wishes);
            while (counts.pass() < definition.passes().size() && !isStopping()) {
                pass(life, lag, wishes, purges);
                if (!isStopping()) {
                    counts = counts.inPass(counts.pass() + 1);
                }
            }
        }
        if (wish == Wish.STOP) {
            return State.STOPPED;
        }
        return closing.getCount() == 0 ? State.ABANDONED : State.FINISHED;
    }

    private Purges purges(SignOfLife life, Wishes wishes) {
        if (definition.request().target() != null) {
            return Purges.IN_ORDER;
        }
        try (Consumer<byte[], byte[]> consumer = access.consumer()) {
            return Purges.within(consumer, access.topics().rows(), definition.span(), () -> {
                wishes.latest().ifPresent(this::follow);
                standing.tell(life::give, State.PREPARING, "looking for purged rows, which are not sent");
                return isStopping();
            });
        }
    }

    private void pass(SignOfLife life, LiveLag lag, Wishes wishes, Purges purges) throws InterruptedException {
        ReplayEntries entries = new ReplayEntries(access, id(), counts);
        Rate rate = new Rate(definition.request().rate());
        RowFilter filter = new RowFilter(
                definition.request(),
                Set.copyOf(definition.passes().get(counts.pass())),
                EnvRecords.read(CutoverSettings.class, destination).share(),
                purges);
        hold.sinkPaused(sinkPause.words().isPresent());
        Stretch stretch = new Stretch(access.topics().rows().name(), definition.span(), filter, rate, hold::now);
        try (RowReplay replay = RowReplay.of(
                destination,
                new RowReplay.Place(access.clientProperties(), access.topics(), identity(counts.pass())),
                layouts,
                new Purpose(stretch, ReplayEntries.byTable(id()), entries, Purpose.Letters.LEFT, Share.ALL, marks()),
                rate.mostRows(),
                meters)) {
            replay.start();
            while (!isStopping() && !replay.awaitEnd(Duration.ZERO)) {
                wishes.await(LOOK_EVERY).ifPresent(this::follow);
                Optional<String> sinkPaused = sinkPause.words();
                hold.sinkPaused(sinkPaused.isPresent());
                hold.live(lag.look(clock.millis()));
                counts = entries.counts();
                standing.tell(
                        life::give,
                        state(replay),
                        sinkPaused.or(replay::waitsFor).orElse(null));
            }
            if (isStopping()) {
                replay.close();
            }
            counts = entries.counts();
            Optional<Throwable> failure = replay.failure();
            if (failure.isPresent()) {
                throw failure.get() instanceof RuntimeException cause ? cause : new KafkaException(failure.get());
            }
        }
    }

    private State state(RowReplay replay) {
        if (hold.isPaused()) {
            return State.PAUSED;
        }
        if (replay.waitsFor().isPresent()) {
            return State.WAITING;
        }
        return hold.isYielding() ? State.YIELDING : State.RUNNING;
    }

    private void end(SignOfLife life, State state, @Nullable String why) {
        String said = state == State.ABANDONED
                ? "its process was ended; 'replay resume " + id() + "' takes it up where it stands"
                : why;
        standing.last(life::give, state, said);
        String action = switch (state) {
            case FINISHED -> "replay finish";
            case STOPPED -> "replay stopped";
            case FAILED -> "replay fail";
            default -> "replay leave";
        };
        journal.note(definition.request().requestedBy(), action, id(), ReplayText.counted(status()), why);
        if (state == State.FINISHED || state == State.STOPPED) {
            forgetGroups();
        }
    }

    /** Their offsets are of no use any more; what can't be deleted now expires by itself. */
    private void forgetGroups() {
        try (Admin admin = access.admin()) {
            List<String> groups = new java.util.ArrayList<>();
            for (int pass = 0; pass < definition.passes().size(); pass++) {
                groups.add(identity(pass).group());
            }
            admin.deleteConsumerGroups(groups);
        }
    }

    private void follow(Wish now) {
        wish = now;
        hold.paused(now == Wish.PAUSE);
    }

    private boolean isStopping() {
        return wish == Wish.STOP || closing.getCount() == 0;
    }

    /** The same for every process that ever runs this pass, so that the next one puts the one before out. */
    private Identity identity(int pass) {
        return new Identity(access.topics().prefix() + "-replay-" + id() + "-" + pass, "only");
    }

    private Map<String, String> marks() {
        Map<String, String> marks = new HashMap<>(Map.of(ReplayMarks.REPLAY, id()));
        ReplayTarget target = definition.request().target();
        if (target != null) {
            marks.put(ReplayMarks.TARGET, target.host());
        }
        return marks;
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
