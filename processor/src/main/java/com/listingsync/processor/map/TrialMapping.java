package com.listingsync.processor.map;

import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Maps single records apart from any stream, for somebody who wants to see what a mapping would make of them. Confined to one
 * thread.
 */
public final class TrialMapping {

    private final Map<Entity, RecordMapper> mappers = new EnumMap<>(Entity.class);
    private final List<String> warnings = new ArrayList<>();

    /** What became of a record. */
    public sealed interface Result {

        /** Calls the function made for this case. */
        <T> T fold(Function<Mapped, T> mapped, Function<LeftOut, T> leftOut, Function<Refused, T> refused);
    }

    /**
     * It becomes rows.
     *
     * @param rows the principal table's first
     * @param warnings what was written otherwise than it came, a sentence each
     */
    public record Mapped(List<MappedRow> rows, List<String> warnings) implements Result {
        public Mapped {
            rows = List.copyOf(rows);
            warnings = List.copyOf(warnings);
        }

        @Override
        public <T> T fold(Function<Mapped, T> mapped, Function<LeftOut, T> leftOut, Function<Refused, T> refused) {
            return mapped.apply(this);
        }
    }

    /**
     * It becomes no row, as the mapping's conditions want it.
     *
     * @param why never {@link Admission#KEPT}
     */
    public record LeftOut(Admission why) implements Result {
        @Override
        public <T> T fold(Function<Mapped, T> mapped, Function<LeftOut, T> leftOut, Function<Refused, T> refused) {
            return leftOut.apply(this);
        }
    }

    /**
     * It would be a dead letter.
     *
     * @param code the dead letter's cause code
     * @param column the column at fault; empty when it is none
     * @param message one sentence without any value of the record
     */
    public record Refused(String code, String column, String message) implements Result {
        @Override
        public <T> T fold(Function<Mapped, T> mapped, Function<LeftOut, T> leftOut, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }

    public TrialMapping(Mapping mapping) {
        for (Entity entity : Entity.values()) {
            mappers.put(entity, new RecordMapper(mapping, entity, this::becameNull));
        }
    }

    /**
     * Maps a record that is its listing's only one.
     *
     * @param listing key of its listing
     */
    public Result map(Entity entity, byte[] payload, String listing) {
        return map(entity, payload, Optional.of(payload), listing, "sample");
    }

    /**
     * Maps a record.
     *
     * @param vow the record that supplies the columns that only a VOW feed may; empty when there is none
     * @param listing key of its listing
     * @param connection name of the connection that supplies it
     */
    public Result map(Entity entity, byte[] payload, Optional<byte[]> vow, String listing, String connection) {
        warnings.clear();
        RecordMapper mapper = Objects.requireNonNull(mappers.get(entity), "a mapper for every entity");
        if (!mapper.mapped()) {
            return new LeftOut(Admission.FILTERED);
        }
        try {
            RecordFields fields = mapper.read(payload);
            Admission admission = mapper.admission(fields);
            if (admission != Admission.KEPT) {
                return new LeftOut(admission);
            }
            RecordFields vowFields = vow.isPresent() ? mapper.read(vow.get()) : null;
            Optional<StatusClaim> claim = mapper.status(fields);
            claim.filter(c -> !c.known())
                    .ifPresent(c -> warnings.add("its status is in no list of the mapping and kept as it is"));
            return mapper.rows(context(claim, vowFields != null, listing, connection), fields, vowFields)
                    .fold(
                            rows -> new Mapped(rows.rows(), warnings),
                            refused -> new Refused(refused.code(), refused.column(), refused.message()));
        } catch (UnreadableRecordException e) {
            // It would be a dead letter; whoever tries it sees why.
            return new Refused("bad-json", "", String.valueOf(e.getMessage()));
        }
    }

    private static RowContext context(Optional<StatusClaim> claim, boolean inVow, String listing, String connection) {
        String word = claim.map(StatusClaim::word).orElse(null);
        return new RowContext(listing, word, word, "mls", !inVow, inVow, 1, null, connection);
    }

    private void becameNull(String table, String column) {
        warnings.add("the value for " + table + "." + column + " does not fit and becomes null");
    }
}
