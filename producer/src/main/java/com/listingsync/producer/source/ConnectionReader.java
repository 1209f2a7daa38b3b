package com.listingsync.producer.source;

import java.util.Map;
import java.util.Optional;

/**
 * Reads the feeds of one connection and puts what it reads on Kafka. Passes over different feeds may be made side by side,
 * each on a thread of its own, unless the kind of source reads all its feeds at once; everything else is confined to the
 * thread that runs the connection, except {@link #interruptRequests()}.
 */
public interface ConnectionReader extends AutoCloseable {

    /**
     * Takes all feeds over: ends whoever held them before. May be called again after trouble with Kafka.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka is in trouble
     */
    void open() throws InterruptedException;

    /**
     * Makes a pass over those of the wanted feeds that the connection has.
     *
     * @return by feed, why it could not be read; empty when it was
     * @throws org.apache.kafka.common.KafkaException when Kafka is in trouble; what was committed stays, and the reader
     *     must be opened again
     * @throws InterruptedException when the connection is being stopped; what was committed stays
     */
    Map<String, Optional<String>> run(Pass pass) throws InterruptedException;

    /**
     * Whether it has feeds that others of it belong to, and these were never read to their end. Not while a pass over such a
     * feed is made.
     */
    default boolean parentsUnread() {
        return false;
    }

    /**
     * What is wrong with a feed although it is read well, such as deletes that wait for a person, in words for people; empty when
     * nothing is. Thread-safe.
     */
    default Optional<String> standing(String feed) {
        return Optional.empty();
    }

    /** Breaks off requests under way, from any thread, so that a stop does not wait for a slow source. */
    void interruptRequests();

    /** Gives the feeds up; rolls back what is not committed. Idempotent. */
    @Override
    void close();
}
