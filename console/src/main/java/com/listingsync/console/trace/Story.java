package com.listingsync.console.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.KeyText;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.console.shell.Amount;
import com.listingsync.console.trace.Chapter.End;
import com.listingsync.console.trace.LogRecord.Place;
import com.listingsync.console.trace.LogRecord.Source;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happened to a key, in the order of time, out of the evidence. A listing's own records are told one by one, those of its
 * children only where something is wrong; a child is told with its listing's status changes. Pure.
 */
final class Story {

    private final Evidence evidence;
    private final Refusals refusals;
    private final List<Chapter> chapters;
    private final List<TraceEvent> events = new ArrayList<>();

    private Story(Evidence evidence) {
        this.evidence = evidence;
        this.refusals = new Refusals(evidence.records());
        this.chapters = Chapters.of(evidence, refusals);
    }

    static Trace of(Evidence evidence) {
        Story story = new Story(evidence);
        story.tell();
        return new Trace(
                evidence.key(),
                evidence.listing(),
                story.events,
                new Ending(evidence, story.chapters, story.refusals).verdict());
    }

    private void tell() {
        Set<Place> told = new HashSet<>();
        for (Chapter chapter : chapters) {
            if (isWanted(chapter)) {
                tell(chapter);
                if (chapter.row() != null) {
                    tellRow(chapter.row());
                    told.add(chapter.row().place());
                }
            }
        }
        for (LogRecord record : evidence.records()) {
            switch (record.source()) {
                case ROWS -> {
                    if (!told.contains(record.place()) && isWantedRow(record)) {
                        tellRow(record);
                    }
                }
                case STATUS -> tellStatus(record);
                case LETTERS -> tellUnread(record);
                case RECORDS -> {
                    // Told as a chapter.
                }
            }
        }
        evidence.held().values().forEach(this::tellHeld);
        events.sort(Comparator.comparingLong(TraceEvent::at)
                .thenComparingInt(event -> RANK.indexOf(event.stage() + " " + event.kind())));
    }

    /** At one time, causes come before what follows. */
    private static final List<String> RANK = List.of(
            "operator replayed",
            "producer fetched",
            "producer deleted",
            "producer refused",
            "processor skipped",
            "processor parked",
            "processor released",
            "processor refused",
            "processor waiting",
            "processor status",
            "processor mapped",
            "sink delivered",
            "sink refused",
            "sink waiting",
            "supabase holds");

    private boolean isWanted(Chapter chapter) {
        List<String> parts = KeyText.split(chapter.record().key());
        if (parts.contains(evidence.key()) && (!evidence.isListing() || !chapter.isChild())) {
            return true;
        }
        boolean trouble = chapter.end() == End.REFUSED || chapter.end() == End.PARKED;
        return evidence.isListing() && trouble;
    }

    private boolean isWantedRow(LogRecord row) {
        String id = RowKey.of(row.key().getBytes(StandardCharsets.UTF_8)).id();
        return id.equals(evidence.key())
                || (evidence.isListing() && refusals.of(row).isPresent());
    }

    private void tell(Chapter chapter) {
        LogRecord record = chapter.record();
        replayed(chapter);
        add(
                record.timestamp(),
                "producer",
                chapter.isDelete() ? "deleted" : "fetched",
                chapter.subject(),
                (chapter.isDelete() ? "gone at its source, " : "fetched from ") + chapter.feed() + run(record)
                        + ", version " + record.number(RecordHeaders.SOURCE_VERSION),
                record.place());
        switch (chapter.end()) {
            case MAPPED -> released(chapter);
            case SKIPPED -> processor(chapter, "skipped", "skipped: " + chapter.reason());
            case PARKED ->
                processor(chapter, "parked", "parked: its listing " + evidence.listing() + " is not there yet");
            case NOT_REACHED -> processor(chapter, "waiting", "the processor has not come to it yet");
            case REFUSED -> refused(chapter.letter(), "processor", chapter.subject());
        }
    }

    private void replayed(Chapter chapter) {
        chapter.record()
                .header(RecordHeaders.RUN)
                .filter(run -> run.startsWith("dead-letter/"))
                .ifPresent(mark -> add(
                        chapter.record().timestamp(),
                        "operator",
                        "replayed",
                        chapter.subject(),
                        "replayed from " + mark,
                        chapter.record().place()));
    }

    private void released(Chapter chapter) {
        LogRecord parent = evidence.records().stream()
                .filter(record -> record.source() == Source.ROWS)
                .filter(record -> RowKey.of(record.key().getBytes(StandardCharsets.UTF_8))
                        .id()
                        .equals(evidence.listing()))
                .findFirst()
                .orElse(null);
        if (parent != null && chapter.waited(parent)) {
            processor(chapter, "parked", "parked until its listing " + evidence.listing() + " came");
            add(
                    parent.timestamp(),
                    "processor",
                    "released",
                    chapter.subject(),
                    "released: its listing " + evidence.listing() + " is there",
                    parent.place());
        }
    }

    private void tellRow(LogRecord row) {
        RowKey key = RowKey.of(row.key().getBytes(StandardCharsets.UTF_8));
        String subject = key.table() + " " + key.id();
        boolean delete =
                row.header(RecordHeaders.OPERATION).filter("delete"::equals).isPresent();
        boolean derived = row.header(RecordHeaders.CONNECTION).isEmpty();
        add(
                row.timestamp(),
                "processor",
                "mapped",
                subject,
                (delete ? "made a delete" : "made a row")
                        + (derived ? " on account of its listing or a new mapping" : "") + ", row version "
                        + row.number(RecordHeaders.ROW_VERSION),
                row.place());
        Optional<LogRecord> letter = refusals.of(row);
        OptionalLong behind = evidence.positions().sinkBehind(row.place());
        if (letter.isPresent()) {
            refused(letter.get(), "sink", subject);
        } else if (behind.isPresent()) {
            add(
                    row.timestamp(),
                    "sink",
                    "waiting",
                    subject,
                    "not sent yet: the sink is " + Amount.of(behind.getAsLong(), "record") + " behind",
                    row.place());
        } else {
            add(
                    row.timestamp(),
                    "sink",
                    "delivered",
                    subject,
                    "sent, and answered well: written, or left because Supabase had the same or newer",
                    row.place());
        }
    }

    private void refused(@Nullable LogRecord letter, String stage, String subject) {
        if (letter != null) {
            add(
                    letter.timestamp(),
                    stage,
                    "refused",
                    subject,
                    "refused, " + Refusals.cause(letter) + Refusals.message(letter),
                    letter.place());
        }
    }

    /** What the producer refused has no record that it was before. */
    private void tellUnread(LogRecord letter) {
        boolean ofProducer = letter.header(DeadLetter.CONNECT_STAGE)
                .filter("producer"::equals)
                .isPresent();
        if (ofProducer && KeyText.split(letter.key()).contains(evidence.key())) {
            refused(letter, "producer", letter.key());
        }
    }

    private void tellStatus(LogRecord record) {
        try {
            JsonNode change = Json.MAPPER.readTree(record.value().orElse("{}"));
            add(
                    record.timestamp(),
                    "processor",
                    "status",
                    "listing " + evidence.listing(),
                    "status " + change.path("from").asText("none") + " -> "
                            + change.path("to").asText("none") + ", said by "
                            + change.path("source").asText("?") + "; what follows: "
                            + change.path("action").asText("none"),
                    record.place());
        } catch (JsonProcessingException e) {
            // Somebody else wrote there: it tells nothing of the listing.
            add(
                    record.timestamp(),
                    "processor",
                    "status",
                    "listing " + evidence.listing(),
                    "unreadable",
                    record.place());
        }
    }

    private void tellHeld(Held held) {
        if (held.version().isPresent()) {
            long at = held.updatedAt().map(Story::millis).orElse(Long.MAX_VALUE / 2);
            events.add(new TraceEvent(
                    at,
                    "supabase",
                    "holds",
                    held.table() + " " + held.id(),
                    "holds row version " + held.version().get() + (held.deleted() ? ", marked as deleted" : "")
                            + ", written at this time",
                    Optional.empty()));
        }
    }

    private static long millis(String moment) {
        try {
            return OffsetDateTime.parse(moment).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            // Of a table of one's own: it stands at the end.
            return Long.MAX_VALUE / 2;
        }
    }

    private static String run(LogRecord record) {
        return record.header(RecordHeaders.RUN).map(run -> " in run " + run).orElse("");
    }

    private void processor(Chapter chapter, String kind, String text) {
        add(
                chapter.record().timestamp(),
                "processor",
                kind,
                chapter.subject(),
                text,
                chapter.record().place());
    }

    private void add(long at, String stage, String kind, String subject, String text, Place place) {
        events.add(new TraceEvent(at, stage, kind, subject, text, Optional.of(place)));
    }
}
