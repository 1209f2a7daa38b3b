package com.listingsync.processor;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;

import com.listingsync.common.event.View;
import com.listingsync.processor.topology.SimpleModel;
import com.listingsync.processor.topology.TestSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Listings and photos of two connections that come, change, go and return, with stale and repeated records among them, and the
 * model of what they must end in. Topics may overtake each other at will: every record's own order is all that counts here.
 * Confined to one thread.
 */
final class Workload {

    private static final int REPEAT_ONE_IN = 4;
    private static final int DELETE_ONE_IN = 6;
    private static final List<String> STATUSES = List.of("Active", "Pending", "Closed");

    private final Random random;
    private final int listings;
    private final SimpleModel model = new SimpleModel();
    private final List<TestSource> sent = new ArrayList<>();

    /** @param listings how many different listings there are */
    Workload(long seed, int listings) {
        this.random = new Random(seed);
        this.listings = listings;
    }

    /** Sends some records and returns once the broker has them. */
    void send(TestBroker broker, int records) {
        for (int i = 0; i < records; i++) {
            TestSource record = next();
            sent.add(record);
            model.take(record);
            broker.send(record);
        }
        broker.flush();
    }

    /** How many records were sent. */
    long size() {
        return sent.size();
    }

    SimpleModel model() {
        return model;
    }

    private TestSource next() {
        if (!sent.isEmpty() && random.nextInt(REPEAT_ONE_IN) == 0) {
            return sent.get(random.nextInt(sent.size()));
        }
        String listing = "L" + random.nextInt(listings);
        long version = 1 + sent.size() / 10 + random.nextInt(100);
        int detail = random.nextInt(1_000);
        String status = STATUSES.get(random.nextInt(STATUSES.size()));
        TestSource record = random.nextInt(3) == 0
                ? property(listing, version, "\"City\":\"C" + detail + "\",\"StandardStatus\":\"" + status + "\"")
                        .in(random.nextBoolean() ? View.IDX : View.VOW)
                : media(listing, "M" + listing + "-" + random.nextInt(5), version, "\"Order\":" + detail);
        return random.nextInt(DELETE_ONE_IN) == 0 ? record.deleted() : record;
    }
}
