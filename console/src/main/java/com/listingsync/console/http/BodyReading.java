package com.listingsync.console.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads the body of one request to its end. Of one that is too long the rest is read and thrown away, up to a limit: who still sends
 * while the connection is closed loses the answer with it, and learns nothing but that the connection broke. Confined to the request.
 */
final class BodyReading implements Runnable {

    /** What is thrown away of a body that is too long; a sender of more may miss the answer. */
    static final long MOST_READ = 16L << 20;

    private final Request request;
    private final int most;
    private final Consumer<Outcome> told;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long read;

    /** How a reading ended. */
    enum End {
        /** The body is whole. */
        WHOLE,
        /** It is too long, and was read to its end. */
        TOO_LONG,
        /** It is far too long, and was not. */
        ENDLESS,
        /** Its sender is gone, or sent no body that can be read. */
        BROKEN
    }

    /**
     * What was read.
     *
     * @param body empty unless it is whole
     */
    record Outcome(End end, byte[] body) {}

    /** @param most bytes that a body may have */
    BodyReading(Request request, int most, Consumer<Outcome> told) {
        this.request = request;
        this.most = most;
        this.told = told;
    }

    /** Reads what is there, and goes on when there is more. */
    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                end(End.BROKEN);
                return;
            }
            take(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (last) {
                end(read > most ? End.TOO_LONG : End.WHOLE);
                return;
            }
            if (read > MOST_READ) {
                end(End.ENDLESS);
                return;
            }
        }
    }

    private void take(ByteBuffer bytes) {
        int length = bytes.remaining();
        read += length;
        if (read > most) {
            // Nobody reads it any more.
            kept.reset();
            bytes.position(bytes.limit());
            return;
        }
        byte[] copy = new byte[length];
        bytes.get(copy);
        kept.write(copy, 0, length);
    }

    private void end(End how) {
        told.accept(new Outcome(how, how == End.WHOLE ? kept.toByteArray() : new byte[0]));
    }
}
