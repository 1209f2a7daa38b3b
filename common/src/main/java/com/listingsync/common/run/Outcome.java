package com.listingsync.common.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One report of a stage on {@code sync.outcomes}; its record key is the run. Written in the transaction of the work it
 * reports, so adding them up is exact after any crash. Times are milliseconds since 1970.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.RunStarted.class, name = "run-started"),
    @JsonSubTypes.Type(value = Outcome.FeedStarted.class, name = "feed-started"),
    @JsonSubTypes.Type(value = Outcome.FeedFinished.class, name = "feed-finished"),
    @JsonSubTypes.Type(value = Outcome.ConnectionRefused.class, name = "connection-refused"),
    @JsonSubTypes.Type(value = Outcome.Counted.class, name = "counted"),
    @JsonSubTypes.Type(value = Outcome.StillReading.class, name = "still-reading")
})
public sealed interface Outcome {

    /** When it was reported. */
    long at();

    /** Calls the function made for this case. */
    <T> T fold(
            Function<RunStarted, T> runStarted,
            Function<FeedStarted, T> feedStarted,
            Function<FeedFinished, T> feedFinished,
            Function<ConnectionRefused, T> connectionRefused,
            Function<Counted, T> counted,
            Function<StillReading, T> stillReading);

    /**
     * A run begins; whoever asks for it says so before the first command, so that it ends only when all its feeds have.
     *
     * @param feeds every feed the run will read
     * @param trigger who or what asked: {@code schedule}, {@code up}, {@code cli}, {@code api}
     */
    record RunStarted(List<FeedName> feeds, String trigger, long at) implements Outcome {
        public RunStarted {
            feeds = List.copyOf(feeds);
        }

        @Override
        public <T> T fold(
                Function<RunStarted, T> runStarted,
                Function<FeedStarted, T> feedStarted,
                Function<FeedFinished, T> feedFinished,
                Function<ConnectionRefused, T> connectionRefused,
                Function<Counted, T> counted,
                Function<StillReading, T> stillReading) {
            return runStarted.apply(this);
        }
    }

    /**
     * A producer begins to read a feed.
     *
     * @param feed the feed
     * @param expected how many records the source says there are to read; null when it does not say
     * @param pageSize records that are asked for at a time, where the run named a number; null where it did not
     */
    record FeedStarted(
            FeedName feed,
            @Nullable Long expected,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer pageSize,

            long at)
            implements Outcome {

        /** The beginning of a reading in pages of the usual size. */
        public FeedStarted(FeedName feed, @Nullable Long expected, long at) {
            this(feed, expected, null, at);
        }

        @Override
        public <T> T fold(
                Function<RunStarted, T> runStarted,
                Function<FeedStarted, T> feedStarted,
                Function<FeedFinished, T> feedFinished,
                Function<ConnectionRefused, T> connectionRefused,
                Function<Counted, T> counted,
                Function<StillReading, T> stillReading) {
            return feedStarted.apply(this);
        }
    }

    /**
     * A producer has read a feed to its end, or gave up.
     *
     * @param feed the feed
     * @param problem why it could not be read, in words; null when it was
     * @param missing of the keys that were asked for, those that the feed does not have; null when no keys were, or it
     *     could not be read
     */
    record FeedFinished(
            FeedName feed,
            @Nullable String problem,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<String> missing,

            long at)
            implements Outcome {

        /** The end of a reading of whatever there was. */
        public FeedFinished(FeedName feed, @Nullable String problem, long at) {
            this(feed, problem, null, at);
        }

        @Override
        public <T> T fold(
                Function<RunStarted, T> runStarted,
                Function<FeedStarted, T> feedStarted,
                Function<FeedFinished, T> feedFinished,
                Function<ConnectionRefused, T> connectionRefused,
                Function<Counted, T> counted,
                Function<StillReading, T> stillReading) {
            return feedFinished.apply(this);
        }
    }

    /**
     * Nobody can follow a command: its connection is not known where it arrived. Every feed of the connection that the run
     * still waits for has failed.
     *
     * @param connection its name, as the command has it
     * @param problem what was expected and found
     */
    record ConnectionRefused(String connection, String problem, long at) implements Outcome {
        @Override
        public <T> T fold(
                Function<RunStarted, T> runStarted,
                Function<FeedStarted, T> feedStarted,
                Function<FeedFinished, T> feedFinished,
                Function<ConnectionRefused, T> connectionRefused,
                Function<Counted, T> counted,
                Function<StillReading, T> stillReading) {
            return connectionRefused.apply(this);
        }
    }

    /**
     * A stage has dealt with records of a feed.
     *
     * @param feed the feed they were fetched from
     * @param tally the change of the counts
     */
    record Counted(FeedName feed, Tally tally, long at) implements Outcome {
        @Override
        public <T> T fold(
                Function<RunStarted, T> runStarted,
                Function<FeedStarted, T> feedStarted,
                Function<FeedFinished, T> feedFinished,
                Function<ConnectionRefused, T> connectionRefused,
                Function<Counted, T> counted,
                Function<StillReading, T> stillReading) {
            return counted.apply(this);
        }
    }

    /**
     * A producer lives and has these feeds of the run in hand: it reads them, or will when those before them are read or a
     * pause is over. Said every few seconds; changes no count. Feeds of which nobody says so are not waited for for ever. One without feeds is the
     * processor's own word to itself, by which it knows that it has heard all that was said before.
     */
    record StillReading(List<FeedName> feeds, long at) implements Outcome {
        public StillReading {
            feeds = List.copyOf(feeds);
        }

        @Override
        public <T> T fold(
                Function<RunStarted, T> runStarted,
                Function<FeedStarted, T> feedStarted,
                Function<FeedFinished, T> feedFinished,
                Function<ConnectionRefused, T> connectionRefused,
                Function<Counted, T> counted,
                Function<StillReading, T> stillReading) {
            return stillReading.apply(this);
        }
    }

    /** UTF-8 JSON object with a {@code type} field. */
    default byte[] bytes() {
        try {
            return Json.MAPPER.writerFor(Outcome.class).writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outcome of plain values can't be written as JSON", e);
        }
    }

    /**
     * The outcome in these bytes.
     *
     * @throws IllegalArgumentException when they are not one
     */
    static Outcome of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, Outcome.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not an outcome: expected an object with a known type", e);
        }
    }
}
