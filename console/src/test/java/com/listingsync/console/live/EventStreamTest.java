package com.listingsync.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Outlet;
import com.listingsync.console.live.EventStream.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private final EventStream stream = new EventStream();

    @Test
    void tellsHowThingsStandFirstAndThenWhatChanges() {
        Line line = new Line();
        line.open = true;

        stream.join(line, () -> List.of(event("before")));
        stream.publish(event("after"));

        assertThat(line.heard())
                .isEqualTo("retry: 2000\n\nevent: before\ndata: {\"n\":1}\n\nevent: after\ndata: {\"n\":1}\n\n");
    }

    @Test
    void cutsOffWhoDoesNotKeepUpAndNobodyElse() {
        Line slow = new Line();
        Line fast = new Line();
        fast.open = true;
        stream.join(slow, List::of);
        stream.join(fast, List::of);

        for (int i = 0; i < 100; i++) {
            stream.publish(event("tick"));
        }

        assertThat(slow.closed).isTrue();
        assertThat(fast.closed).isFalse();
        assertThat(fast.heard().split("event: tick")).hasSize(101);
        assertThat(stream.size()).isEqualTo(1);
    }

    @Test
    void forgetsWhoHasGone() {
        Line gone = new Line();
        gone.failure = new java.io.EOFException();
        gone.open = true;

        stream.join(gone, List::of);

        assertThat(stream.size()).isZero();
    }

    @Test
    void sendsEveryListenerTheSameBytes() {
        Line one = new Line();
        Line other = new Line();
        one.open = true;
        other.open = true;
        stream.join(one, List::of);
        stream.join(other, List::of);

        stream.publish(event("same"));

        assertThat(one.last).isSameAs(other.last);
    }

    private static Event event(String name) {
        return new Event(name, Json.MAPPER.createObjectNode().put("n", 1));
    }

    /** A network that takes everything while it is open, and nothing while it is not. */
    private static final class Line implements Outlet {

        private final StringBuilder heard = new StringBuilder();
        private final Deque<Consumer<@Nullable Throwable>> waiting = new ArrayDeque<>();
        private boolean open;
        private boolean closed;
        private @Nullable Throwable failure;
        private @Nullable ByteBuffer last;

        @Override
        public void write(ByteBuffer bytes, Consumer<@Nullable Throwable> done) {
            last = bytes;
            heard.append(StandardCharsets.UTF_8.decode(bytes.slice()));
            if (open) {
                done.accept(failure);
            } else {
                waiting.add(done);
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        String heard() {
            return heard.toString();
        }
    }
}
