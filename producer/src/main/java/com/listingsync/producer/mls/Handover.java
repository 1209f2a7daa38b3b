package com.listingsync.producer.mls;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What passes from the thread that fetches a feed to the thread that writes it: records in small parcels, and marks
 * between them. Bounded, so a slow broker slows the fetching down and memory stays flat. Each side is confined to its
 * thread.
 */
final class Handover implements PageParser.Entries {

    private static final int PARCELS = 8;
    private static final int PARCEL_RECORDS = 200;
    private static final int PARCEL_BYTES = 256 * 1024;

    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(PARCELS);
    private List<MlsRecord> parcel = new ArrayList<>(PARCEL_RECORDS);
    private int parcelBytes;

    /** Something for the writer to do. */
    interface Step {
        void on(Receiver receiver);
    }

    /** The writing side. */
    interface Receiver {
        /** The page whose records come next was asked for at this time. */
        default void pageAsked(Instant at) {}

        /** Takes records of the page that is under way. */
        void records(List<MlsRecord> records);

        /** The page is whole. */
        void pageEnd(PageInfo page, ReadState state);

        /** The page broke: what came of it must be dropped. */
        void pageBroken();

        /** Nothing more comes. */
        void end(ReadEnd end);
    }

    @Override
    public void add(MlsRecord record) throws InterruptedException {
        parcel.add(record);
        parcelBytes += record.json().length;
        if (parcel.size() >= PARCEL_RECORDS || parcelBytes >= PARCEL_BYTES) {
            flush();
        }
    }

    void pageAsked(Instant at) throws InterruptedException {
        steps.put(receiver -> receiver.pageAsked(at));
    }

    void pageEnd(PageInfo page, ReadState state) throws InterruptedException {
        flush();
        steps.put(receiver -> receiver.pageEnd(page, state));
    }

    void pageBroken() throws InterruptedException {
        parcel = new ArrayList<>(PARCEL_RECORDS);
        parcelBytes = 0;
        steps.put(Receiver::pageBroken);
    }

    void end(ReadEnd end) throws InterruptedException {
        steps.put(receiver -> receiver.end(end));
    }

    /** The next thing to do; waits for it. */
    Step next() throws InterruptedException {
        return steps.take();
    }

    private void flush() throws InterruptedException {
        if (!parcel.isEmpty()) {
            List<MlsRecord> full = parcel;
            steps.put(receiver -> receiver.records(full));
            parcel = new ArrayList<>(PARCEL_RECORDS);
            parcelBytes = 0;
        }
    }
}
