package com.listingsync.console.replay;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How people find the process that runs a replay. */
final class ThisProcess {

    private ThisProcess() {}

    /** {@code pid@host}. */
    static String name() {
        long pid = ProcessHandle.current().pid();
        try {
            return pid + "@" + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine without a name has few processes to confuse it with.
            return pid + "@unknown";
        }
    }
}
