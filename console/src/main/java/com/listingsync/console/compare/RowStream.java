package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.verify.TableReader;
import com.listingsync.console.verify.TableShape;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table page by page, in the order of its key, read a few pages ahead by a thread of its own. One thread takes and closes.
 */
final class RowStream implements AutoCloseable {

    /** So many wait to be taken: reading goes on while others are compared, and memory stays small. */
    private static final int AHEAD = 2;

    private final TableShape shape;
    private final BlockingQueue<Taken> pages = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    private volatile boolean closed;
    private boolean ended;
    private Optional<String> last = Optional.empty();

    /**
     * A page, or the end.
     *
     * @param rows of the page; empty at the end
     * @param failure why it ended; null when the table did
     */
    private record Taken(List<JsonNode> rows, @Nullable RuntimeException failure) {}

    /** @param enough asked between pages; the rows end early when it says so */
    RowStream(TableReader reader, TableShape shape, BooleanSupplier enough) {
        this.shape = shape;
        this.thread = new Thread(() -> read(reader, () -> closed || enough.getAsBoolean()), "compare-" + shape.name());
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether there are no more rows. */
    boolean isEnded() {
        return ended;
    }

    /** The key of the last row that was taken; empty before the first. */
    Optional<String> last() {
        return last;
    }

    /**
     * The next rows; empty when there are none.
     *
     * @throws com.listingsync.console.shell.CommandFailure when the table can't be read
     */
    List<JsonNode> take() throws InterruptedException {
        Taken taken = pages.take();
        RuntimeException failure = taken.failure();
        if (failure != null) {
            throw failure;
        }
        ended = taken.rows().isEmpty();
        if (!ended) {
            last = Optional.of(shape.id(taken.rows().get(taken.rows().size() - 1)));
        }
        return taken.rows();
    }

    /** Reads no more. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void read(TableReader reader, BooleanSupplier enough) {
        RuntimeException failure = null;
        try {
            reader.pages(shape, this::put, enough);
        } catch (RuntimeException e) {
            // Whoever takes the next page is told.
            failure = e;
        } catch (Error e) {
            // The same; without a word it would wait for ever.
            failure = new IllegalStateException("table " + shape.name() + " could not be read", e);
        }
        put(new Taken(List.of(), failure));
    }

    private void put(List<JsonNode> rows) {
        put(new Taken(rows, null));
    }

    private void put(Taken taken) {
        try {
            pages.put(taken);
        } catch (InterruptedException e) {
            // Closed: nobody takes any more.
            Thread.currentThread().interrupt();
        }
    }
}
