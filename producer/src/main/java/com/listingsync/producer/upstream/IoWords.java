package com.listingsync.producer.upstream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What an I/O failure means, in words for people. Pure. */
public final class IoWords {

    private IoWords() {}

    /** A phrase that completes "host …:". */
    public static String of(IOException e) {
        if (e instanceof UnknownHostException) {
            return "unknown host; check the url of this connection";
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return "can't be reached; check the url and the network";
        }
        if (e instanceof SocketTimeoutException || e instanceof InterruptedIOException) {
            return "did not answer in time";
        }
        if (e instanceof SSLException) {
            return "no secure connection (TLS)";
        }
        return "the answer broke off";
    }

    /** Whether a smaller request is likelier to work. */
    public static boolean timedOut(IOException e) {
        return e instanceof InterruptedIOException;
    }
}
