package com.listingsync.processor.topology;

import com.listingsync.common.run.RunState;
import java.nio.ByteBuffer;

/**
 * A run as it is stored.
 *
 * @param state the run's state
 * @param version version of its last rows; 0 before the first
 * @param unreported whether the state has changed since it was last reported
 */
record RunEntry(RunState state, long version, boolean unreported) {

    private static final byte FORM = 1;

    byte[] bytes() {
        byte[] json = state.bytes();
        return ByteBuffer.allocate(2 + Long.BYTES + json.length)
                .put(FORM)
                .put((byte) (unreported ? 1 : 0))
                .putLong(version)
                .put(json)
                .array();
    }

    static RunEntry of(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        StoredForm.require("a run", bytes.get(), FORM);
        boolean unreported = bytes.get() == 1;
        long version = bytes.getLong();
        byte[] json = new byte[bytes.remaining()];
        bytes.get(json);
        return new RunEntry(RunState.of(json), version, unreported);
    }
}
