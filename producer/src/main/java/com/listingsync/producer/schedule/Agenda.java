package com.listingsync.producer.schedule;

import com.listingsync.producer.schedule.Lane.Role;
import com.listingsync.producer.source.Pass;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which passes of one connection are made next. Pure; confined to the connection's thread.
 *
 * <ul>
 *   <li>A lane makes one pass at a time: what was asked for in the order of asking, then what is due; what is due soon joins
 *       what is due, in one run.
 *   <li>A command over several lanes is followed in all of them side by side, and done when the last one is.
 *   <li>While parents were never read to their end, children wait for every pass over parents that is under way or asked
 *       for; children asked for alone do not wait, since early ones are parked downstream.
 * </ul>
 */
final class Agenda {

    private final List<Lane> lanes;
    private final Timetable timetable;
    private final Map<Lane, Deque<Start>> asked = new HashMap<>();
    private final Map<Lane, Start> running = new HashMap<>();
    private boolean parentsUnread;

    /**
     * A pass that is to be made now.
     *
     * @param command the command that wants it; null when it is due
     */
    record Start(Lane lane, Pass pass, @Nullable Command command) {}

    /** A command that is being followed. Equal to itself alone. */
    static final class Command {
        private final Set<Lane> open = new HashSet<>();
        private final Runnable done;

        private Command(Runnable done) {
            this.done = done;
        }
    }

    Agenda(List<Lane> lanes, Timetable timetable) {
        this.lanes = List.copyOf(lanes);
        this.timetable = timetable;
        this.lanes.forEach(lane -> asked.put(lane, new ArrayDeque<>()));
    }

    /** Notes whether parents were never read to their end. */
    void parentsUnread(boolean unread) {
        parentsUnread = unread;
    }

    /**
     * Puts a pass on the lanes of its feeds.
     *
     * @param done called once it has been made on all of them
     */
    void ask(Pass pass, Runnable done) {
        Command command = new Command(done);
        for (Lane lane : lanes) {
            Set<String> feeds = new HashSet<>(pass.feeds());
            feeds.retainAll(lane.feeds());
            if (!feeds.isEmpty()) {
                command.open.add(lane);
                queue(lane).add(new Start(lane, pass.over(feeds), command));
            }
        }
        if (command.open.isEmpty()) {
            done.run();
        }
    }

    /**
     * The passes that can begin now; they count as under way. Feeds that are held are left out: of what was asked for they stay
     * at the head of their lane's queue.
     *
     * @param run asked for the id of a run for what is due, at most once
     * @param held tells of a feed whether it is paused
     */
    List<Start> takeStartable(Instant now, Supplier<String> run, Predicate<String> held) {
        List<Start> starts = new ArrayList<>();
        boolean due = lanes.stream().filter(this::isFree).anyMatch(lane -> timetable.isDue(lane.name(), now));
        String scheduled = null;
        for (Lane lane : lanes) {
            if (!isFree(lane)) {
                continue;
            }
            Start next = pollFree(lane, held);
            Set<String> free = lane.feeds().stream().filter(held.negate()).collect(Collectors.toSet());
            if (next == null && due && !free.isEmpty() && timetable.mayJoin(lane.name(), now)) {
                scheduled = scheduled == null ? run.get() : scheduled;
                next = new Start(lane, new Pass(scheduled, Pass.Trigger.SCHEDULE, free, Set.of(), false), null);
            }
            if (next != null) {
                running.put(lane, next);
                starts.add(next);
            }
        }
        return starts;
    }

    /** When something is due at the earliest, as far as only time must pass for it; empty when nothing is. */
    Optional<Instant> nextDue() {
        return lanes.stream()
                .filter(this::isFree)
                .flatMap(lane -> timetable.due(lane.name()).stream())
                .min(Instant::compareTo);
    }

    /** The feeds that are being read. */
    Set<String> feedsUnderWay() {
        return running.values().stream()
                .flatMap(start -> start.pass().feeds().stream())
                .collect(Collectors.toSet());
    }

    boolean isRunning(Lane lane) {
        return running.containsKey(lane);
    }

    /** How many commands wait for a lane. */
    int waiting(Lane lane) {
        return queue(lane).size();
    }

    /** Notes that a pass was made; its command is done when it was the last one of it. */
    void ended(Start start, PassEnd end, Instant now) {
        running.remove(start.lane());
        timetable.ended(start.lane().name(), end, now);
        if (start.lane().role() == Role.PARENT && end == PassEnd.CHANGES) {
            lanes.stream().filter(lane -> lane.role() == Role.CHILD).forEach(lane -> timetable.nudge(lane.name(), now));
        }
        Command command = start.command();
        boolean partLeft = queue(start.lane()).stream().anyMatch(other -> other.command() == command);
        if (command != null && !partLeft && command.open.remove(start.lane()) && command.open.isEmpty()) {
            command.done.run();
        }
    }

    /**
     * Passes under way were broken off: what was asked for is asked for again, before all else.
     *
     * @return those that are not, because they were only due
     */
    List<Start> putBack() {
        List<Start> dropped = new ArrayList<>();
        running.forEach((lane, start) -> {
            if (start.command() != null) {
                queue(lane).addFirst(start);
            } else {
                dropped.add(start);
            }
        });
        running.clear();
        return dropped;
    }

    /** The next pass that was asked for, without the feeds that are held; null when there is none that may begin. */
    private @Nullable Start pollFree(Lane lane, Predicate<String> held) {
        Deque<Start> waiting = queue(lane);
        for (Start next : waiting) {
            Set<String> free =
                    next.pass().feeds().stream().filter(held.negate()).collect(Collectors.toSet());
            if (!free.isEmpty()) {
                waiting.remove(next);
                if (free.size() == next.pass().feeds().size()) {
                    return next;
                }
                Set<String> rest = new HashSet<>(next.pass().feeds());
                rest.removeAll(free);
                waiting.addFirst(new Start(lane, next.pass().over(rest), next.command()));
                return new Start(lane, next.pass().over(free), next.command());
            }
        }
        return null;
    }

    private boolean isFree(Lane lane) {
        return !running.containsKey(lane) && !mustWait(lane);
    }

    private boolean mustWait(Lane lane) {
        return lane.role() == Role.CHILD
                && parentsUnread
                && lanes.stream()
                        .filter(other -> other.role() == Role.PARENT)
                        .anyMatch(parent ->
                                running.containsKey(parent) || !queue(parent).isEmpty());
    }

    private Deque<Start> queue(Lane lane) {
        return asked.getOrDefault(lane, new ArrayDeque<>());
    }
}
