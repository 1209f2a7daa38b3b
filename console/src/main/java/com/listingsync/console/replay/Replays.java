package com.listingsync.console.replay;

import com.listingsync.common.command.ReprocessWish.Wish;
import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.SystemTables;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.mapping.TableMapping;
import com.listingsync.common.run.RunId;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.sink.cutover.CutoverSettings;
import com.listingsync.sink.cutover.Share;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;

/** Replays: asked for, followed, paused, resumed, stopped, and remembered. Thread-safe. */
public final class Replays {

    private static final String LIVE_URL = "SUPABASE_URL";

    /** A process that lives gives a sign every second. */
    private static final Duration SIGN_WITHIN = Duration.ofSeconds(4);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final KafkaAccess access;
    private final Map<String, String> environment;
    private final ReplayJournal journal;
    private final Clock clock;
    private final ReplayBook book;

    /** @param environment names the Supabase project that the sink writes to, and the mapping, as for the sink */
    public Replays(KafkaAccess access, Map<String, String> environment, ReplayJournal journal, Clock clock) {
        this.access = access;
        this.environment = Map.copyOf(environment);
        this.journal = journal;
        this.clock = clock;
        this.book = new ReplayBook(access);
    }

    /** What may be done with a target that is, or may be, the project that the sink writes to. */
    public enum Live {
        /** It is refused. */
        REFUSED,
        /** Somebody said that it is meant. */
        MEANT
    }

    /**
     * What a replay would send; nothing is written.
     *
     * @throws SettingsException when a setting is wrong
     */
    public DryReplayReport tried(ReplayRequest request) {
        Share share = request.target() == null ? cutover().share() : Share.ALL;
        return new DryReplay(access, define(request), share).work();
    }

    /**
     * Begins a replay. One of rows runs in this process until it ends, or is closed; one of source topics is the processor's.
     *
     * @return what runs here; empty when the processor was asked
     * @throws SettingsException when a setting is wrong, or the target is the live project and that was not meant
     */
    public Started start(ReplayRequest request, Live live) {
        Optional<Map<String, String>> destination =
                request.ofRows() ? Optional.of(destination(request, live)) : Optional.empty();
        ReplayDefinition definition = define(request);
        journal.note(request.requestedBy(), "replay start", definition.id() + " " + request.words(), Map.of(), null);
        book.write(ControlKey.of(definition.id()), definition);
        if (destination.isEmpty()) {
            SourceReplay.begin(access, definition);
            return new Started(definition.id(), Optional.empty());
        }
        return new Started(definition.id(), Optional.of(run(definition, destination.get())));
    }

    /**
     * A replay that was begun or resumed.
     *
     * @param id its name
     * @param here the replay, when this process runs it; empty when another one or the processor does
     */
    public record Started(String id, Optional<RunningReplay> here) {}

    /** Nothing more is sent until it is resumed. */
    public void pause(String id, String who) {
        wish(id, Wish.PAUSE, who);
    }

    /** It ends where it stands. */
    public void stop(String id, String who) {
        wish(id, Wish.STOP, who);
    }

    /**
     * It goes on where it stands: in its own process, or in this one when that is gone.
     *
     * @throws CommandFailure when there is no such replay, or it has come to its end
     */
    public Started resume(String id, String who) throws InterruptedException {
        ReplayStatus status = wish(id, Wish.RESUME, who);
        if (!status.definition().request().ofRows() || lives(id, status)) {
            return new Started(id, Optional.empty());
        }
        return new Started(
                id,
                Optional.of(
                        run(status.definition(), destination(status.definition().request(), Live.MEANT))));
    }

    /** All replays ever, the newest first. */
    public List<ReplayStatus> list() {
        ReplayBook.Snapshot now = book.read();
        List<ReplayDefinition> all = now.newestFirst();
        Map<String, byte[]> runs = book.runs(all);
        return all.stream()
                .map(definition -> book.status(now, definition, runs, clock.millis()))
                .toList();
    }

    /**
     * One replay.
     *
     * @throws CommandFailure when there is none of this name
     */
    public ReplayStatus show(String id) {
        ReplayBook.Snapshot now = book.read();
        ReplayDefinition definition = now.definition(id)
                .orElseThrow(() -> new CommandFailure(
                        "there is no replay '" + id + "'; './listing-sync replay list' shows those there are"));
        return book.status(now, definition, book.runs(List.of(definition)), clock.millis());
    }

    private ReplayDefinition define(ReplayRequest request) {
        String id = RunId.next(clock.instant(), new SecureRandom());
        if (!request.ofRows()) {
            return new ReplayDefinition(
                    id, request, clock.millis(), new ReplaySpan(Map.of(), Map.of()), List.of(), Map.of());
        }
        Map<String, String> leftOut = new TreeMap<>();
        TreeMap<Integer, List<String>> stages = new TreeMap<>();
        for (TableLayout table : tables(request.entities())) {
            if (table.guard().isEmpty() && request.target() == null) {
                leftOut.put(
                        table.name(),
                        "it has no guard, so a replay would put older rows over newer ones; a --target takes it");
            } else {
                stages.computeIfAbsent(table.stage(), stage -> new ArrayList<>())
                        .add(table.name());
            }
        }
        try (Consumer<byte[], byte[]> consumer = access.consumer()) {
            ReplaySpan span = ReplaySpan.of(consumer, access.topics().rows(), request.from(), request.to());
            return new ReplayDefinition(id, request, clock.millis(), span, new ArrayList<>(stages.values()), leftOut);
        }
    }

    private List<TableLayout> tables(List<String> entities) {
        Mapping mapping = Mapping.inForce(environment);
        List<TableLayout> tables = new ArrayList<>(mapping.tables().stream()
                .filter(table -> entities.isEmpty() || entities.contains(wireName(table)))
                .map(TableMapping::layout)
                .toList());
        if (entities.isEmpty()) {
            tables.addAll(SystemTables.ALL);
        }
        return tables;
    }

    private static String wireName(TableMapping table) {
        Entity entity = table.entity();
        return entity.wireName();
    }

    private Map<String, String> destination(ReplayRequest request, Live live) {
        ReplayTarget target = request.target();
        if (target == null) {
            cutover().requireWriting("a replay of rows");
            return environment;
        }
        Optional<Boolean> isLive = target.isLive(environment);
        if (live == Live.REFUSED && isLive.isEmpty()) {
            throw new SettingsException(
                    LIVE_URL + " is not set, so nobody can tell whether --target is the project that the sink"
                            + " writes to; set it, or say --allow-live");
        }
        if (live == Live.REFUSED && isLive.get()) {
            throw new SettingsException("--target: this is the project that the sink writes to (" + LIVE_URL
                    + "); leave --target out to replay into it, or say --allow-live");
        }
        return target.environment(environment);
    }

    private RunningReplay run(ReplayDefinition definition, Map<String, String> destination) {
        return new RowsReplay(
                        access,
                        definition,
                        destination,
                        Mapping.inForce(environment).layouts(),
                        journal,
                        clock,
                        writesWhereTheSinkDoes(definition.request())
                                ? SinkPause.followed(access)
                                : SinkPause.ofNoConcern())
                .start();
    }

    private boolean writesWhereTheSinkDoes(ReplayRequest request) {
        ReplayTarget target = request.target();
        return target == null || target.isLive(environment).orElse(false);
    }

    private ReplayStatus wish(String id, Wish wish, String who) {
        ReplayStatus status = show(id);
        String word = wish.name().toLowerCase(java.util.Locale.ROOT);
        boolean finished =
                status.state().equals("finished") || (status.state().equals("stopped") && wish != Wish.RESUME);
        boolean gone = status.state().equals("stopped")
                && !status.definition().request().ofRows();
        if (finished || gone) {
            throw new CommandFailure(
                    "replay " + id + " has " + (gone ? "been stopped" : "come to its end (" + status.state() + ")")
                            + "; there is nothing to " + word);
        }
        journal.note(who, "replay " + word, id, ReplayText.counted(status), null);
        book.write(ControlKey.of(id, ReplayBook.WISH), new ReplayWish(wish, who, clock.millis()));
        if (!status.definition().request().ofRows()) {
            SourceReplay.wish(access, id, wish);
        }
        return status;
    }

    /** Whether the process that runs it gives a sign of life. */
    private boolean lives(String id, ReplayStatus before) throws InterruptedException {
        if (before.isEnded()) {
            return false;
        }
        long giveUp = System.nanoTime() + SIGN_WITHIN.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (System.nanoTime() < giveUp) {
            if (show(id).changedAt() > before.changedAt()) {
                return true;
            }
            if (never.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts this latch down");
            }
        }
        return false;
    }

    private CutoverSettings cutover() {
        return EnvRecords.read(CutoverSettings.class, environment);
    }
}
