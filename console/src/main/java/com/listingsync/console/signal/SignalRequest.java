package com.listingsync.console.signal;

import com.listingsync.common.signal.Signal;
import com.listingsync.common.signal.SignalTarget;

/**
 * Somebody wants a target to stand still, or to work again.
 *
 * @param target what
 * @param paused whether it is to stand still
 * @param by who wants it
 * @param why the reason, in words; empty when none is given
 */
public record SignalRequest(SignalTarget target, boolean paused, String by, String why) {

    Signal at(long millis) {
        return new Signal(target.toString(), paused, by, why, millis);
    }
}
