package com.listingsync.sink;

import com.listingsync.embedded.upstream.LoopbackServer;
import com.listingsync.embedded.upstream.Reply;
import com.listingsync.embedded.upstream.Request;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody's webhook: keeps what comes, and answers as a test says, else that all is well. */
final class ReceivingServer implements AutoCloseable {

    private final BlockingQueue<Request> received = new LinkedBlockingQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final LoopbackServer server;

    ReceivingServer() {
        server = new LoopbackServer("webhook", "127.0.0.1", 0, 2, this::answer);
        server.start();
    }

    /** The next requests are answered with this status. */
    void answerNext(int requests, int status) {
        for (int i = 0; i < requests; i++) {
            answers.add(status);
        }
    }

    URI uri() {
        return server.uri().resolve("/hook");
    }

    /** The next request; waits for it. */
    Request next(Duration patience) throws InterruptedException {
        Request request = received.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (request == null) {
            throw new AssertionError("nothing came within " + patience);
        }
        return request;
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply answer(Request request) {
        received.add(request);
        Integer status = answers.poll();
        return new Reply(status == null ? 204 : status, Map.of(), new byte[0]);
    }
}
