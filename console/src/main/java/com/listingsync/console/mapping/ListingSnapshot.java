package com.listingsync.console.mapping;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.wire.RowKey;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.processor.rule.Merge;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The last word of each source record of one listing, and its rows as they are. Confined to one thread. */
final class ListingSnapshot {

    /**
     * The last word of one connection on one record.
     *
     * @param event what its headers say
     * @param payload its bytes
     */
    record Said(SourceEvent event, byte[] payload) {}

    /** A child of a kind; the listing itself has an empty key. */
    record Name(Entity entity, String child) {}

    private final Map<Name, Map<String, Said>> records = new LinkedHashMap<>();
    private final Map<String, byte[]> rows = new TreeMap<>();

    void row(RowKey key, byte @Nullable [] json) {
        String name = key.table() + "/" + key.id();
        if (json == null) {
            rows.remove(name);
        } else {
            rows.put(name, json);
        }
    }

    void source(SourceKey key, SourceEvent event, byte @Nullable [] payload) {
        Map<String, Said> said =
                records.computeIfAbsent(new Name(event.entity(), key.child().orElse("")), name -> new TreeMap<>());
        Said last = said.get(key.connection());
        if (last != null && last.event().sourceVersion() > event.sourceVersion()) {
            return;
        }
        if (payload == null || event.operation() == Operation.DELETE) {
            said.remove(key.connection());
        } else {
            said.put(key.connection(), new Said(event, payload));
        }
    }

    /** Its records, the listing's own before its children's. */
    Map<Name, Map<String, Said>> records() {
        Map<Name, Map<String, Said>> sorted =
                new TreeMap<>(Comparator.comparing(Name::entity).thenComparing(Name::child));
        sorted.putAll(records);
        return sorted;
    }

    /** Rows by {@code table/id}. */
    Map<String, byte[]> rows() {
        return rows;
    }

    /** Which connection's word makes the row, as in the processor; empty when none has the record. */
    static Optional<Said> winner(Map<String, Said> said) {
        if (said.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Merge.Offer> offers = new TreeMap<>();
        said.forEach((connection, one) -> offers.put(
                connection,
                new Merge.Offer(
                        one.event().sourceVersion(), one.event().origin().view())));
        return Optional.ofNullable(said.get(Merge.winner(offers)));
    }

    /** The newest word under VOW, which supplies the columns that only VOW may. */
    static Optional<byte[]> vow(Map<String, Said> said) {
        return said.values().stream()
                .filter(one -> one.event().origin().view() == View.VOW)
                .max(Comparator.comparingLong(one -> one.event().sourceVersion()))
                .map(Said::payload);
    }
}
