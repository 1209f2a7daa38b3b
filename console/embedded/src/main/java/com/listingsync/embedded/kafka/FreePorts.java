package com.listingsync.embedded.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds TCP ports on loopback that nobody listens on. Another process may take one before it is used. */
final class FreePorts {

    private FreePorts() {}

    static int next() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            // No port at all on loopback: nothing can be started, the caller's start fails with this.
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }
}
