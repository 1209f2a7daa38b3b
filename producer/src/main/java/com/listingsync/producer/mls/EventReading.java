package com.listingsync.producer.mls;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Origin;
import com.listingsync.producer.publish.SourceRecord;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a feed by its server's event log: the records that events name are fetched by key, and those that are not there any more
 * are deleted. Records, deletes and the place in the log are one transaction. Confined to the feed's thread.
 *
 * <pre>
 *   no place yet ──> note the newest event, read by clock, begin there
 *   the event of our place is still there ──> go on behind it
 *   it is not: the log was cut or begins anew ──> forget the place, read by clock, sweep
 * </pre>
 */
final class EventReading {

    /** The part of the feed's checkpoint that holds its place in the event log. */
    static final String PART = "events";

    private static final Logger LOG = LoggerFactory.getLogger(EventReading.class);

    private final EventLog events;
    private final Records records;
    private final Known known;
    private final int mostDeletes;
    private @Nullable EventPlace place;

    /** Fetches records by key. */
    interface Records {
        List<MlsRecord> of(Collection<String> keys) throws InterruptedException;
    }

    /** What the log of ours holds of some keys: the version by source key. */
    interface Known {
        Map<String, Long> of(Set<String> keys);
    }

    /**
     * @param place how far the event log was followed; null when it was not
     * @param mostDeletes more absent records at once than this are left to the sweep, with its grace period and brake
     */
    EventReading(EventLog events, Records records, Known known, int mostDeletes, @Nullable EventPlace place) {
        this.events = events;
        this.records = records;
        this.known = known;
        this.mostDeletes = mostDeletes;
        this.place = place;
    }

    /**
     * Follows the events since the last pass.
     *
     * @return whether that was possible; otherwise the feed is to be read by clock, from {@link #beginning()} on
     * @throws UpstreamException when the source can't be read
     */
    boolean follow(Entity entity, Origin origin, FeedWriter writer) throws InterruptedException {
        EventPlace at = place;
        if (at == null) {
            return false;
        }
        List<EventPlace> page = events.from(at.sequence());
        if (!leadsOn(at, page)) {
            LOG.atWarn()
                    .addKeyValue("connection", origin.connection())
                    .addKeyValue("feed", origin.feed())
                    .addKeyValue("sequence", at.sequence())
                    .log("the event log was cut or begins anew; the feed is read by clock and swept");
            place = null;
            return false;
        }
        List<EventPlace> news = after(at, page);
        while (!news.isEmpty()) {
            write(entity, origin, news, writer);
            at = news.get(news.size() - 1);
            news = after(at, events.from(at.sequence()));
        }
        return true;
    }

    /** The place from which events are followed once the feed has been read by clock: asked for before that reading begins. */
    EventPlace beginning() throws InterruptedException {
        return events.newest().orElse(EventPlace.FIRST);
    }

    /** Events are followed from here on. */
    void begin(EventPlace at, FeedWriter writer) {
        writer.write(List.of(), log -> log.moveCheckpoint(PART, at.bytes()));
        place = at;
    }

    /** Whether the log is still the one that was read, up to where it was read. */
    private boolean leadsOn(EventPlace at, List<EventPlace> page) throws InterruptedException {
        if (at.equals(EventPlace.FIRST)) {
            return true;
        }
        if (!page.isEmpty() && page.get(0).sequence() == at.sequence()) {
            return page.get(0).key().equals(at.key());
        }
        // A server may leave an event out that a later one of the same record outdates; then older events are still
        // there.
        Optional<EventPlace> oldest = events.oldest();
        Optional<EventPlace> newest = events.newest();
        return oldest.isPresent()
                && newest.isPresent()
                && oldest.get().sequence() < at.sequence()
                && newest.get().sequence() > at.sequence();
    }

    private static List<EventPlace> after(EventPlace at, List<EventPlace> page) {
        long before = at.sequence();
        List<EventPlace> news = new ArrayList<>();
        for (EventPlace event : page) {
            if (event.sequence() > before) {
                news.add(event);
                before = event.sequence();
            } else if (event.sequence() < at.sequence()) {
                throw new UpstreamException(
                        Kind.FINAL,
                        "the event log gave event " + event.sequence() + " when asked from " + at.sequence(),
                        null);
            }
        }
        return news;
    }

    private void write(Entity entity, Origin origin, List<EventPlace> news, FeedWriter writer)
            throws InterruptedException {
        // The last event of a record says all that the earlier ones did: what counts is the record as it is now.
        Map<String, Long> named = new LinkedHashMap<>();
        news.forEach(event -> named.put(event.key(), event.sequence()));
        List<MlsRecord> found = new ArrayList<>(records.of(named.keySet()));
        Set<String> absent = absent(named.keySet(), found);
        if (!absent.isEmpty()) {
            // Asked a second time: one empty answer of a server that is not well must not delete what it named.
            List<MlsRecord> again = records.of(absent);
            found.addAll(again);
            absent = absent(absent, again);
        }
        List<SourceRecord> deletes = new ArrayList<>();
        if (!absent.isEmpty() && absent.size() <= mostDeletes) {
            known.of(absent)
                    .forEach((source, version) -> deletes.add(SweepActions.delete(entity, origin, source, version)));
        }
        EventPlace last = news.get(news.size() - 1);
        writer.records(found);
        writer.write(deletes, log -> log.moveCheckpoint(PART, last.bytes()));
        place = last;
    }

    private static Set<String> absent(Collection<String> named, List<MlsRecord> found) {
        Set<String> absent = new HashSet<>(named);
        for (MlsRecord record : found) {
            if (record.key() != null) {
                absent.remove(record.key());
            }
        }
        return absent;
    }
}
