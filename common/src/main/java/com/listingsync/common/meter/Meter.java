package com.listingsync.common.meter;

import java.util.List;

/**
 * Every meter of the system, declared once; names follow Prometheus (the registry adds {@code _total} and {@code
 * _seconds}). Names and tags are an interface: dashboards and alerts use them.
 *
 * <p>Totals reconcile per stage. Producer: {@code fetched = emitted + skipped + refused}. Processor: {@code in = out +
 * skipped + parked + refused}. Sink: {@code rows in = written + unchanged + superseded + refused + in flight}.
 */
public enum Meter {
    PRODUCER_RECORDS(
            Kind.COUNTER,
            "listings.producer.records",
            List.of("connection", "feed", "outcome"),
            "Records read from a source, by outcome: emitted, skipped, refused."),
    PRODUCER_PAGES(Kind.COUNTER, "listings.producer.pages", List.of("connection", "feed"), "Pages read from a source."),
    PRODUCER_REQUESTS(
            Kind.TIMER,
            "listings.producer.requests",
            List.of("connection", "status"),
            "Requests to a source, by HTTP status or 'failed'."),
    PRODUCER_REQUESTS_LEFT(
            Kind.GAUGE,
            "listings.producer.requests.left",
            List.of("connection", "window"),
            "Requests that a connection may still make in a window (second, minute, hour, day), of those that are limited."),
    PRODUCER_CONCURRENCY(
            Kind.GAUGE,
            "listings.producer.concurrency",
            List.of("connection"),
            "Requests of a connection that may be under way at the same time; fewer than configured while its source is"
                    + " slow."),
    PRODUCER_FEED_LAST_SUCCESS(
            Kind.GAUGE,
            "listings.producer.feed.last.success.seconds",
            List.of("connection", "feed"),
            "When a feed was last read to its end, in seconds since 1970."),
    PRODUCER_SWEEP_HELD(
            Kind.GAUGE,
            "listings.producer.sweep.held",
            List.of("connection", "feed"),
            "Records that the last sweep of a feed missed and that are not deleted because they are too many at once; 0 when"
                    + " nothing waits for a person."),
    PROCESSOR_RECORDS(
            Kind.COUNTER,
            "listings.processor.records",
            List.of("entity", "outcome"),
            "Source records processed, by outcome: row, duplicate, stale, absent, elsewhere, filtered,"
                    + " unmapped, moved, parked, released, orphaned, deleted, refused; of a reprocess also upcoming and"
                    + " waiting."),
    PROCESSOR_PARKED(
            Kind.GAUGE,
            "listings.processor.parked",
            List.of("entity"),
            "Children that wait for their parent, of the partitions this instance has."),
    PROCESSOR_PARKED_OLDEST(
            Kind.GAUGE,
            "listings.processor.parked.oldest.seconds",
            List.of(),
            "How long the oldest parked child has waited, of the partitions this instance has; 0 when none waits."),
    PROCESSOR_WARNINGS(
            Kind.COUNTER,
            "listings.processor.warnings",
            List.of("table", "column", "code"),
            "Values written otherwise than they came, by cause: bad-value (became null), unknown-status (kept as it is),"
                    + " status-conflict (a sheet's status, overruled by the MLS), ambiguous-link (several listings go by a"
                    + " sheet row's ListingId)."),
    SINK_ROWS(
            Kind.COUNTER,
            "listings.sink.rows",
            List.of("table", "outcome"),
            "Rows by outcome: written, unchanged, superseded, refused."),
    SINK_REQUESTS(
            Kind.TIMER, "listings.sink.requests", List.of("table", "verdict"), "Requests to Supabase, by verdict."),
    SINK_BATCH_ROWS(Kind.SUMMARY, "listings.sink.batch.rows", List.of("table"), "Rows per request."),
    SINK_RETRIES(Kind.COUNTER, "listings.sink.retries", List.of("cause"), "Requests repeated, by cause."),
    SINK_IN_FLIGHT(Kind.GAUGE, "listings.sink.in.flight", List.of(), "Requests under way."),
    SINK_FRESHNESS(
            Kind.TIMER,
            "listings.sink.freshness",
            List.of("table"),
            "Time from a row's record on its topic to its answer from Supabase."),
    SINK_POSTS(
            Kind.COUNTER,
            "listings.sink.posts",
            List.of("platform", "outcome"),
            "Posts of listings that left the market, by outcome: unpublished, gone (deleted before), left_up (posted after the"
                    + " change, or the listing is back), failed."),
    SINK_POST_REQUESTS(
            Kind.TIMER,
            "listings.sink.post.requests",
            List.of("platform", "verdict"),
            "Requests to social media platforms, by verdict: deleted, gone, unclear, later, refused."),
    SINK_NOTICES(
            Kind.COUNTER,
            "listings.sink.notices",
            List.of("channel", "outcome"),
            "Notices of sold listings and failed runs by channel (webhook, email) and outcome: delivered, failed."),
    DEAD_LETTERS(
            Kind.COUNTER,
            "listings.dead.letters",
            List.of("stage", "code"),
            "Records put on a dead-letter topic, by stage and cause code."),
    PAUSED(
            Kind.GAUGE,
            "listings.paused",
            List.of("service"),
            "How many signals hold a service, or connections and feeds of the producer; 0 when nothing is paused."),
    CIRCUIT_BREAKER_STATE(
            Kind.GAUGE,
            "listings.circuit.breaker.state",
            List.of("target"),
            "0 closed, 1 half open, 2 open, of the breaker that guards this target.");

    /** What a meter's value is. */
    public enum Kind {
        COUNTER,
        TIMER,
        SUMMARY,
        GAUGE
    }

    private final Kind kind;
    private final String meterName;

    @SuppressWarnings("ImmutableEnumChecker") // Always made by List.of.
    private final List<String> tags;

    private final String doc;

    Meter(Kind kind, String meterName, List<String> tags, String doc) {
        this.kind = kind;
        this.meterName = meterName;
        this.tags = tags;
        this.doc = doc;
    }

    public Kind kind() {
        return kind;
    }

    /** The name, with dots; Prometheus shows underscores. */
    public String meterName() {
        return meterName;
    }

    /** Names of its tags, in the order in which values are given. */
    public List<String> tags() {
        return tags;
    }

    /** Its sentence. */
    public String doc() {
        return doc;
    }
}
