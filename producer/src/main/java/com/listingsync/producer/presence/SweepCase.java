package com.listingsync.producer.presence;

import com.listingsync.producer.presence.KeyBuckets.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One bucket of a sweep: the records that the server has, those that the log holds, and the absences so far, all of the same
 * keys. Confined to one thread; pure apart from what it is told.
 */
final class SweepCase {

    private final Map<String, Entry> atServer = new HashMap<>();
    private final Map<String, Map<String, Long>> known = new HashMap<>();
    private final Map<String, Absence> absences = new HashMap<>();

    /** What is to be done about the records of a bucket. A record is named by its source key's text, its place. */
    interface Findings {
        /** It is missing and may be gone. */
        void missing(String place, long version, Absence absence);

        /** Nothing is wrong with it any more: its absence is over. */
        void back(String place);

        /** The server has it, or a newer version of it, and the log does not. */
        void unknown(String key);
    }

    /**
     * @param server flag: marked as deleted; number: its clock in microseconds; the last word on a key counts
     * @param log flag: deleted; number: source version; place: source key; the last word on a place counts
     * @param missed number: since when, in milliseconds; flag: over; key: the record's, place: source key and sweep
     */
    static SweepCase of(int bucket, KeyBuckets server, KeyBuckets log, KeyBuckets missed) {
        SweepCase one = new SweepCase();
        server.each(bucket, entry -> one.atServer.put(entry.key(), entry));
        log.each(bucket, one::learn);
        missed.each(bucket, one::miss);
        return one;
    }

    /** How many different keys the server has. */
    long read() {
        return atServer.size();
    }

    /** How many records the log holds. */
    long held() {
        return known.values().stream().mapToLong(Map::size).sum();
    }

    /**
     * Tells what is to be done.
     *
     * @param touched whether a record, by its key, was emitted since the sweep began: it is left alone
     */
    void judge(SweepRule rule, Predicate<String> touched, Findings findings) {
        Set<String> stillMissing = new HashSet<>();
        known.forEach((key, places) -> {
            if (isMissing(key) && !touched.test(key)) {
                places.forEach((place, version) -> {
                    stillMissing.add(place);
                    findings.missing(place, version, rule.missed(Optional.ofNullable(absences.get(place))));
                });
            }
        });
        absences.keySet().stream()
                .filter(place -> !stillMissing.contains(place))
                .forEach(findings::back);
        atServer.forEach((key, entry) -> {
            if (isNews(key, entry) && !touched.test(key)) {
                findings.unknown(key);
            }
        });
    }

    private boolean isMissing(String key) {
        Entry server = atServer.get(key);
        return server == null || server.flag();
    }

    /** A record marked as deleted is news only to a log that holds it. */
    private boolean isNews(String key, Entry server) {
        Map<String, Long> places = known.getOrDefault(key, Map.of());
        if (places.isEmpty()) {
            return !server.flag();
        }
        return places.values().stream().allMatch(version -> version < server.number());
    }

    private void learn(Entry entry) {
        Map<String, Long> places = known.computeIfAbsent(entry.key(), key -> new HashMap<>());
        if (entry.flag()) {
            places.remove(entry.place());
        } else {
            places.put(entry.place(), entry.number());
        }
    }

    private void miss(Entry entry) {
        int at = entry.place().indexOf(' ');
        String place = entry.place().substring(at + 1);
        if (entry.flag()) {
            absences.remove(place);
        } else {
            absences.put(place, new Absence(Long.parseLong(entry.place().substring(0, at)), entry.number()));
        }
    }
}
