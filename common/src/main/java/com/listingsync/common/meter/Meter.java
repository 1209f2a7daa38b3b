package com.listingsync.common.meter;

import java.time.Duration;
import java.util.List;

/**
 * Every meter of the system, declared once; names follow Prometheus (the registry adds {@code _total} and {@code
 * _seconds}). Names and tags are an interface: dashboards and alerts use them.
 *
 * <p>Totals reconcile per stage. Producer: {@code fetched = emitted + skipped + refused}. Processor: {@code in = out +
 * skipped + parked + refused}. Sink: {@code rows in = written + unchanged + superseded + shadow + cutover + refused + in flight}.
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
    PRODUCER_REQUESTS_LIMIT(
            Kind.GAUGE,
            "listings.producer.requests.limit",
            List.of("connection", "window"),
            "Requests that a connection may make in a window, by its configuration or by what its source says."),
    PRODUCER_RETRIES(
            Kind.COUNTER,
            "listings.producer.retries",
            List.of("connection", "cause"),
            "Requests to a source repeated, by cause: passing (5xx, no answer), limited (429), too_much (timed out, too"
                    + " large)."),
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
    PRODUCER_FEED_INTERVAL(
            Kind.GAUGE,
            "listings.producer.feed.interval.seconds",
            List.of("connection", "feed"),
            "Longest time between two scheduled passes over a feed; 0 without a schedule, and when another instance runs it."),
    PRODUCER_FEED_UNREAD(
            Kind.GAUGE,
            "listings.producer.feed.unread.seconds",
            List.of("connection", "feed"),
            "How long ago a feed was last read to its end, or this instance took it over, whichever is later; 0 without a"
                    + " schedule, and when another instance runs it."),
    PRODUCER_FRESHNESS(
            Kind.TIMER,
            "listings.producer.freshness",
            List.of("connection", "feed"),
            "Time from a record's change at its source, by the source's own clock, to its place on the topic; of changes read"
                    + " after the feed was once read to its end. Sheet rows bear no time of their own and are not in it.",
            Buckets.DELAY),
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
            "Rows by outcome: written, unchanged, superseded, refused; shadow (would have been sent), cutover (of a listing that is left"
                    + " to an older sync)."),
    SINK_REQUESTS(
            Kind.TIMER, "listings.sink.requests", List.of("table", "verdict"), "Requests to Supabase, by verdict."),
    SINK_BATCH_ROWS(Kind.SUMMARY, "listings.sink.batch.rows", List.of("table"), "Rows per request."),
    SINK_RETRIES(Kind.COUNTER, "listings.sink.retries", List.of("cause"), "Requests repeated, by cause."),
    SINK_IN_FLIGHT(Kind.GAUGE, "listings.sink.in.flight", List.of(), "Requests under way."),
    SINK_FRESHNESS(
            Kind.TIMER,
            "listings.sink.freshness",
            List.of("table"),
            "End-to-end latency: time from when a source's record was put on its topic to Supabase's answer for its row, the oldest of each batch.",
            Buckets.DELAY),
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
    SINK_CHANGES_LEFT(
            Kind.COUNTER,
            "listings.sink.changes.left",
            List.of("reason"),
            "Status changes and runs that nothing followed during a cutover, by reason: shadow, cutover (of a listing that is left to"
                    + " an older sync)."),
    SINK_NOTICES(
            Kind.COUNTER,
            "listings.sink.notices",
            List.of("channel", "outcome"),
            "Notices of sold listings and failed runs by channel (webhook, email) and outcome: delivered, failed."),
    VERIFY_DIFFERENCES(
            Kind.GAUGE,
            "listings.verify.differences",
            List.of("kind"),
            "Rows that were not in Supabase as the log says at the last verification, by kind: missing, extra, stale, ahead,"
                    + " different."),
    VERIFY_LAST(
            Kind.GAUGE,
            "listings.verify.last.seconds",
            List.of(),
            "When Supabase was last compared with the log to the end, in seconds since 1970; 0 before the first time."),
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
    TRANSACTIONS(
            Kind.TIMER,
            "listings.transactions",
            List.of("stage", "outcome"),
            "Commits of producer's and sink's Kafka transactions, by outcome: committed, failed (its work is looked at again,"
                    + " and repeated when nothing of it is there). The processor's are Streams' own."),
    CIRCUIT_BREAKER_STATE(
            Kind.GAUGE,
            "listings.circuit.breaker.state",
            List.of("target"),
            "0 closed, 1 half open, 2 open, of the breaker that guards this target."),
    READY(
            Kind.GAUGE,
            "listings.service.ready",
            List.of(),
            "1 when every check of the service passes, as /health/ready says; else 0."),
    LAG(
            Kind.GAUGE,
            "listings.lag.records",
            List.of("group", "topic"),
            "Records on a topic that a consumer group has not dealt with yet, as the console sees it; whether or not a member"
                    + " of the group runs."),
    RUNS(
            Kind.COUNTER,
            "listings.runs",
            List.of("kind", "status"),
            "Sync runs that ended while this console watched, by kind (status: of listings and sheet rows alone, which bear"
                    + " the status; other) and status: completed, partial, failed."),
    RUN_DURATION(
            Kind.TIMER,
            "listings.run",
            List.of("kind"),
            "Time from the beginning of a sync run to its end, when every record is accounted for down to the table.",
            Buckets.DELAY),
    RUN_OLDEST(
            Kind.GAUGE,
            "listings.run.oldest.seconds",
            List.of("kind"),
            "How long the oldest sync run that has not ended has gone on; 0 when none is under way."),
    RUN_UNSETTLED(
            Kind.GAUGE,
            "listings.run.unsettled.seconds",
            List.of(),
            "How long ago the last feed of a sync run was read whose books still do not balance, of the run that waits longest;"
                    + " 0 when all balance."),
    RUN_UNSETTLED_RECORDS(
            Kind.GAUGE,
            "listings.run.unsettled.records",
            List.of(),
            "Records of sync runs whose feeds were read to the end that are neither in a table nor accounted for otherwise."),
    TRACE_SPANS(
            Kind.COUNTER,
            "listings.trace.spans",
            List.of("outcome"),
            "Spans of traces that have ended, by outcome: sent, failed (the collector did not take them), dropped (too many"
                    + " waited for it).");

    /** What a meter's value is. */
    public enum Kind {
        COUNTER,
        TIMER,
        SUMMARY,
        GAUGE
    }

    /** The bounds of a timer's histogram: few, so that its series are few, and where its questions are. */
    enum Buckets {
        /** An answer of a server. */
        ANSWER(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000),
        /** A way through the system, or the age of what arrives. */
        DELAY(
                100,
                250,
                500,
                1_000,
                2_000,
                5_000,
                10_000,
                30_000,
                60_000,
                120_000,
                300_000,
                600_000,
                900_000,
                1_800_000,
                3_600_000,
                21_600_000,
                86_400_000);

        @SuppressWarnings("ImmutableEnumChecker") // Handed out as copies only.
        private final long[] millis;

        Buckets(long... millis) {
            this.millis = millis;
        }

        Duration[] bounds() {
            Duration[] bounds = new Duration[millis.length];
            for (int i = 0; i < bounds.length; i++) {
                bounds[i] = Duration.ofMillis(millis[i]);
            }
            return bounds;
        }
    }

    private final Kind kind;
    private final String meterName;

    @SuppressWarnings("ImmutableEnumChecker") // Always made by List.of.
    private final List<String> tags;

    private final String doc;

    private final Buckets buckets;

    Meter(Kind kind, String meterName, List<String> tags, String doc) {
        this(kind, meterName, tags, doc, Buckets.ANSWER);
    }

    Meter(Kind kind, String meterName, List<String> tags, String doc, Buckets buckets) {
        this.kind = kind;
        this.meterName = meterName;
        this.tags = tags;
        this.doc = doc;
        this.buckets = buckets;
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

    /** The bounds of its histogram, rising; of a timer. */
    Duration[] buckets() {
        return buckets.bounds();
    }

    /** The name as Prometheus shows it; those of timers and summaries have {@code _count}, {@code _sum} and so on after it. */
    public String prometheusName() {
        String name = meterName.replace('.', '_');
        return switch (kind) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            case SUMMARY, GAUGE -> name;
        };
    }
}
