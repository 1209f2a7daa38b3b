package com.listingsync.processor;

import java.util.concurrent.ExecutionException;

/** How far the processor has come in its sources. */
final class CommittedProgress {

    private CommittedProgress() {}

    /** The records of all source topics that are committed as processed, control records included. */
    static long of(TestBroker broker) {
        String group = broker.topics().prefix() + ".processor";
        try {
            return broker
                    .admin()
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().contains(".source."))
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for offsets", e);
        } catch (ExecutionException e) {
            // Asked again by whoever waits for it.
            throw new AssertionError("the broker does not know the group's offsets", e);
        }
    }
}
