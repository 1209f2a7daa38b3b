package com.listingsync.console.api;

import com.listingsync.console.replay.ReplayTarget;
import com.listingsync.console.verify.Repair;
import com.listingsync.console.verify.VerifyRequest;
import java.util.Optional;

/**
 * What somebody wants to be verified over HTTP.
 *
 * @param request what of the log and of the tables
 * @param source whether to ask the sources first
 * @param project another project than the sink's; empty for the sink's
 * @param repair whether to mend what differs and compare again
 * @param extra what a repair does about rows that the log does not know
 * @param shown list at most so many differences
 * @param who asks
 */
record VerifyWish(
        VerifyRequest request,
        boolean source,
        Optional<ReplayTarget> project,
        boolean repair,
        Repair.Extra extra,
        int shown,
        String who) {

    /** For the audit trail. */
    String selection() {
        return ((request.tables().isEmpty() ? "" : "--table " + String.join(",", request.tables()) + " ")
                        + (request.keys().isEmpty() ? "" : "--keys " + String.join(",", request.keys()) + " ")
                        + (extra == Repair.Extra.DELETE ? "--yes" : ""))
                .strip();
    }
}
