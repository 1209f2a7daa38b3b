package com.listingsync.common.signal;

import com.listingsync.common.run.FeedName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is paused at one moment.
 *
 * @param latest the last signal of every target, by the target's text
 */
public record Signals(Map<String, Signal> latest) {

    /** Nothing was ever paused. */
    public static final Signals NONE = new Signals(Map.of());

    public Signals {
        latest = Collections.unmodifiableMap(new TreeMap<>(latest));
    }

    /** After one more signal. */
    public Signals plus(Signal signal) {
        Map<String, Signal> next = new TreeMap<>(latest);
        next.put(signal.target(), signal);
        return new Signals(next);
    }

    /** After a target was forgotten. */
    public Signals without(String target) {
        Map<String, Signal> next = new TreeMap<>(latest);
        next.remove(target);
        return new Signals(next);
    }

    /** What is paused now, by target. */
    public List<Signal> paused() {
        return latest.values().stream().filter(Signal::paused).toList();
    }

    /** The signal that holds this very target; empty when it may work. */
    public Optional<Signal> holding(SignalTarget target) {
        return Optional.ofNullable(latest.get(target.toString())).filter(Signal::paused);
    }

    /** The signal that holds a connection: the producers' or its own. */
    public Optional<Signal> holdingConnection(String connection) {
        return holding(SignalTarget.PRODUCER).or(() -> holding(SignalTarget.connection(connection)));
    }

    /** The signal that holds a feed: the producers', its connection's or its own. */
    public Optional<Signal> holdingFeed(FeedName feed) {
        return holdingConnection(feed.connection()).or(() -> holding(SignalTarget.feed(feed)));
    }
}
