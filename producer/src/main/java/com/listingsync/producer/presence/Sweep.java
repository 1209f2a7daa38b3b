package com.listingsync.producer.presence;

import com.listingsync.producer.presence.SweepCase.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One sweep of a feed: what its server has and what the log knew of it, read to their ends. Confined to one thread at a time.
 */
public final class Sweep implements AutoCloseable {

    private final KeyBuckets server = new KeyBuckets();
    private final KeyBuckets log = new KeyBuckets();
    private final KeyBuckets absences = new KeyBuckets();

    /**
     * What a sweep comes to.
     *
     * @param read different keys that the server has
     * @param known records that the log holds
     * @param missing records that are missing and that nobody confirmed
     */
    public record Totals(long read, long known, long missing) {}

    /** A record that is gone, or may be. */
    public record Missing(String place, long version, Absence absence, boolean gone) {}

    /** What is to be done about a part of the records; a record is named by its source key's text. */
    public interface Actions {
        /** These are missing; their absence is to be noted, or they are to be deleted. */
        void missing(List<Missing> records);

        /** The absences of these are over. */
        void back(List<String> places);

        /** The server has these keys, or newer versions of them, and the log does not. */
        void unknown(List<String> keys);
    }

    /** Takes a key that the server has. */
    public void atServer(String key, long clockMicros, boolean deleted) {
        server.add(new KeyBuckets.Entry(key, "", clockMicros, deleted));
    }

    /** Takes what the log says, as it is now. */
    public void learn(LogKeys keys) {
        keys.absences(absences::add);
        keys.records(log::add);
    }

    /**
     * Adds the sweep up.
     *
     * @param touched keys of records that were emitted since the sweep began
     */
    public Totals totals(SweepRule rule, Predicate<String> touched) {
        long read = 0;
        long known = 0;
        long[] missing = {0};
        for (int bucket = 0; bucket < KeyBuckets.COUNT; bucket++) {
            SweepCase one = SweepCase.of(bucket, server, log, absences);
            read += one.read();
            known += one.held();
            one.judge(rule, touched, new Collected() {
                @Override
                public void missing(String place, long version, Absence absence) {
                    missing[0] += rule.confirmed(absence) ? 0 : 1;
                }
            });
        }
        return new Totals(read, known, missing[0]);
    }

    /** Says what is to be done, part by part. */
    public void act(SweepRule rule, Predicate<String> touched, Actions actions) {
        for (int bucket = 0; bucket < KeyBuckets.COUNT; bucket++) {
            Collected found = new Collected();
            SweepCase.of(bucket, server, log, absences).judge(rule, touched, found);
            found.missing.replaceAll(
                    one -> new Missing(one.place(), one.version(), one.absence(), rule.gone(one.absence())));
            actions.missing(found.missing);
            actions.back(found.back);
            actions.unknown(found.unknown);
        }
    }

    @Override
    public void close() {
        server.close();
        log.close();
        absences.close();
    }

    /** The findings of one bucket as lists. */
    private static class Collected implements Findings {
        private final List<Missing> missing = new ArrayList<>();
        private final List<String> back = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();

        @Override
        public void missing(String place, long version, Absence absence) {
            missing.add(new Missing(place, version, absence, false));
        }

        @Override
        public void back(String place) {
            back.add(place);
        }

        @Override
        public void unknown(String key) {
            unknown.add(key);
        }
    }
}
