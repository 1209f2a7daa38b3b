package com.listingsync.embedded.mls;

import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Row;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.embedded.world.Scan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Selects the rows of a page: by index in time and key order, by sorting in any other. */
final class Pager {
    private final SampleWorld world;
    private final Feed feed;

    Pager(SampleWorld world, Feed feed) {
        this.world = world;
        this.feed = feed;
    }

    /** @param size rows at most on this page */
    Page page(Query query, Place place, int size) {
        int limit = Math.min(size, place.left());
        Optional<Scan.Order> indexed = indexed(query);
        List<Row> rows = indexed.isPresent()
                ? world.scan(query.resource(), feed, scan(query, place, indexed.get(), limit))
                : sorted(query);
        rows = rows.subList(Math.min(place.skip(), rows.size()), rows.size());
        OptionalLong count = query.counted() ? OptionalLong.of(count(query)) : OptionalLong.empty();
        if (rows.size() <= limit || limit == place.left()) {
            return new Page(rows.subList(0, Math.min(limit, rows.size())), count, Optional.empty());
        }
        List<Row> page = rows.subList(0, limit);
        Row last = page.get(limit - 1);
        int left = place.left() == Integer.MAX_VALUE ? Integer.MAX_VALUE : place.left() - limit;
        int skip = indexed.isPresent() ? 0 : place.skip() + limit;
        return new Page(
                page, count, Optional.of(new Place(last.modifiedMicros(), last.key(), skip, left, place.query())));
    }

    long count(Query query) {
        Span span = query.filter().span();
        return world.scan(
                        query.resource(),
                        feed,
                        new Scan(
                                Scan.Order.TIME,
                                span.from(),
                                span.after(),
                                span.to(),
                                query.filter().passes(),
                                Integer.MAX_VALUE))
                .size();
    }

    /** One row more than the page has, to know whether there is another page. */
    private static Scan scan(Query query, Place place, Scan.Order order, int limit) {
        Span span = query.filter().span();
        if (!place.key().isEmpty()) {
            Span served = order == Scan.Order.KEY
                    ? Span.keysAfter(place.key())
                    : new Span(place.micros(), place.key(), Long.MAX_VALUE, "");
            span = span.and(served);
        }
        return new Scan(
                order,
                span.from(),
                order == Scan.Order.KEY ? span.keyAfter() : span.after(),
                span.to(),
                query.filter().passes(),
                (int) Math.min(Integer.MAX_VALUE, (long) limit + place.skip() + 1));
    }

    private static Optional<Scan.Order> indexed(Query query) {
        List<String> names = query.order().stream()
                .map(ordering -> ordering.descending() ? "-" : ordering.field().name())
                .toList();
        String clock = query.resource().clockField();
        String key = query.resource().keyField();
        if (names.isEmpty() || names.equals(List.of(clock)) || names.equals(List.of(clock, key))) {
            return Optional.of(Scan.Order.TIME);
        }
        return names.equals(List.of(key)) ? Optional.of(Scan.Order.KEY) : Optional.empty();
    }

    private List<Row> sorted(Query query) {
        Comparator<Row> order = query.order().stream()
                .map(Pager::comparator)
                .reduce(Comparator::thenComparing)
                .orElseThrow()
                .thenComparing(Row::key);
        Span span = query.filter().span();
        Scan all = new Scan(
                Scan.Order.TIME,
                span.from(),
                span.after(),
                span.to(),
                query.filter().passes(),
                Integer.MAX_VALUE);
        return world.scan(query.resource(), feed, all).stream().sorted(order).toList();
    }

    private static Comparator<Row> comparator(Query.Ordering ordering) {
        Comparator<Row> byField = (a, b) -> compare(ordering, a, b);
        return ordering.descending() ? byField.reversed() : byField;
    }

    /** Null comes before every value (OData v4 part 1, 11.2.5.2). */
    private static int compare(Query.Ordering ordering, Row a, Row b) {
        Optional<Object> x = ordering.field().read(a);
        Optional<Object> y = ordering.field().read(b);
        if (x.isEmpty() || y.isEmpty()) {
            return Boolean.compare(x.isPresent(), y.isPresent());
        }
        return Comparison.compare(x.get(), y.get()).orElse(0);
    }
}
