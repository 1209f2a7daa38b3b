package com.listingsync.console.compare;

import java.util.List;
import java.util.Optional;

/**
 * What a comparison found. Times are milliseconds since 1970.
 *
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param newer where the new rows are, for people
 * @param older where the old rows are
 * @param sample so many rows of each table were compared; 0 for all
 * @param tables what was found of each table
 */
public record CompareReport(long startedAt, long endedAt, String newer, String older, int sample, List<Table> tables) {

    private static final double PERCENT = 100.0;

    /**
     * What was found of a pair of tables. {@code older = same + different + missing}, {@code newer = same + different + extra}; rows that are
     * marked as deleted count as not there.
     *
     * @param name the new table
     * @param oldName the old one
     * @param older rows of the old table that were compared
     * @param newer rows of the new table that were compared
     * @param same rows that say the same in every column
     * @param different rows of one key that don't
     * @param onlyFormatting of those, the ones that differ in nothing but formatting
     * @param missing rows that only the old table has
     * @param extra rows that only the new one has; not looked for in a sample
     * @param columns the columns that were compared
     * @param missingKeys some of the missing rows
     * @param extraKeys some of the extra rows
     * @param notInOld columns of the new table that the old one does not have
     * @param notInNew columns of the old table that the new one does not have
     * @param problem why it was not compared; empty when it was
     */
    public record Table(
            String name,
            String oldName,
            long older,
            long newer,
            long same,
            long different,
            long onlyFormatting,
            long missing,
            long extra,
            List<Column> columns,
            List<String> missingKeys,
            List<String> extraKeys,
            List<String> notInOld,
            List<String> notInNew,
            Optional<String> problem) {

        public Table {
            columns = List.copyOf(columns);
            missingKeys = List.copyOf(missingKeys);
            extraKeys = List.copyOf(extraKeys);
            notInOld = List.copyOf(notInOld);
            notInNew = List.copyOf(notInNew);
        }

        /** A table that could not be compared. */
        static Table skipped(String name, String oldName, String problem) {
            return new Table(
                    name,
                    oldName,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.of(problem));
        }

        /** Rows that are not on both sides with the same in them. */
        public long differing() {
            return different + missing + extra;
        }

        /** All rows, each key once. */
        public long keys() {
            return same + differing();
        }

        /** So many of all rows, in percent; 0 of none. */
        public double share(long rows) {
            return keys() == 0 ? 0 : PERCENT * rows / keys();
        }
    }

    /**
     * What was found of a column.
     *
     * @param name in the new table
     * @param oldName in the old one
     * @param different rows in which it differs
     * @param onlyFormatting of those, the ones in which only its formatting does
     * @param samples some of them
     */
    public record Column(String name, String oldName, long different, long onlyFormatting, List<Sample> samples) {
        public Column {
            samples = List.copyOf(samples);
        }
    }

    /**
     * A value that differs.
     *
     * @param key of its row
     * @param older the old value as JSON; empty when values are not to be shown
     * @param newer the new value, the same
     * @param onlyFormatting whether only its formatting differs
     */
    public record Sample(String key, Optional<String> older, Optional<String> newer, boolean onlyFormatting) {}

    public CompareReport {
        tables = List.copyOf(tables);
    }

    /** Rows that differ in all tables. */
    public long differing() {
        return tables.stream().mapToLong(Table::differing).sum();
    }

    /** Rows in all tables, each key once. */
    public long keys() {
        return tables.stream().mapToLong(Table::keys).sum();
    }

    /** Whether every table was compared and nothing differs. */
    public boolean isSame() {
        return differing() == 0
                && tables.stream().allMatch(table -> table.problem().isEmpty());
    }
}
