package com.listingsync.console.signal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.signal.Signal;
import java.util.List;
import java.util.Optional;

/**
 * What became of a request.
 *
 * @param signal what stands now
 * @param before what stood before; empty when nothing ever did
 * @param others what else is paused, and may hold the same work
 */
public record SignalResult(Signal signal, Optional<Signal> before, List<Signal> others) {

    public SignalResult {
        others = List.copyOf(others);
    }

    /** Whether it changed anything but the words. */
    public boolean changed() {
        return before.map(Signal::paused).orElse(false) != signal.paused();
    }

    /** {@code target, paused, by, why, at, changed, alsoPaused[]}. */
    public ObjectNode json() {
        ObjectNode json = SignalBoard.json(signal).put("changed", changed());
        var also = json.putArray("alsoPaused");
        others.forEach(other -> also.add(SignalBoard.json(other)));
        return json;
    }
}
