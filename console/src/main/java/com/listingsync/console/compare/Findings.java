package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.compare.CompareReport.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is found of a pair of tables, added up. Confined to one thread. */
final class Findings {

    private final TablePair pair;
    private final int samples;
    private final boolean hidden;
    private final long[] different;
    private final long[] formatting;
    private final List<List<Sample>> columns = new ArrayList<>();
    private final List<String> missingKeys = new ArrayList<>();
    private final List<String> extraKeys = new ArrayList<>();
    private long same;
    private long differing;
    private long onlyFormatting;
    private long missing;
    private long extra;

    /**
     * @param samples at most so many of each kind
     * @param hidden whether values are left out of them
     */
    Findings(TablePair pair, int samples, boolean hidden) {
        this.pair = pair;
        this.samples = samples;
        this.hidden = hidden;
        this.different = new long[pair.columns().size()];
        this.formatting = new long[pair.columns().size()];
        pair.columns().forEach(column -> columns.add(new ArrayList<>()));
    }

    /** Two rows of a key that say the same. */
    void same() {
        same++;
    }

    /** Two rows of a key; null for one that is not there. */
    void rows(String key, @Nullable Print older, @Nullable Print newer) {
        rows(key, older, newer, null, null);
    }

    /** The same, with what they hold. */
    void rows(
            String key,
            @Nullable Print older,
            @Nullable Print newer,
            @Nullable JsonNode oldRow,
            @Nullable JsonNode newRow) {
        if (older == null && newer == null) {
            // Gone from both between two looks.
            return;
        }
        if (newer == null) {
            missing++;
            keep(key, missingKeys);
        } else if (older == null) {
            extra++;
            keep(key, extraKeys);
        } else if (older.equalTo(newer, different.length)) {
            same++;
        } else {
            differ(key, older, newer, oldRow, newRow);
        }
    }

    private void differ(String key, Print older, Print newer, @Nullable JsonNode oldRow, @Nullable JsonNode newRow) {
        differing++;
        boolean inMeaning = false;
        for (int i = 0; i < different.length; i++) {
            if (!older.differs(newer, i)) {
                continue;
            }
            boolean meant = older.differsInMeaning(newer, i);
            inMeaning |= meant;
            different[i]++;
            formatting[i] += meant ? 0 : 1;
            if (oldRow != null && newRow != null && columns.get(i).size() < samples) {
                TablePair.Column column = pair.columns().get(i);
                columns.get(i).add(sample(key, oldRow.path(column.old()), newRow.path(column.name()), !meant));
            }
        }
        onlyFormatting += inMeaning ? 0 : 1;
    }

    CompareReport.Table table() {
        List<CompareReport.Column> found = new ArrayList<>();
        for (int i = 0; i < different.length; i++) {
            TablePair.Column column = pair.columns().get(i);
            found.add(
                    new CompareReport.Column(column.name(), column.old(), different[i], formatting[i], columns.get(i)));
        }
        return new CompareReport.Table(
                pair.table(),
                pair.oldTable(),
                same + differing + missing,
                same + differing + extra,
                same,
                differing,
                onlyFormatting,
                missing,
                extra,
                found,
                missingKeys,
                extraKeys,
                pair.onlyNew(),
                pair.onlyOld(),
                Optional.empty());
    }

    private void keep(String key, List<String> keys) {
        if (keys.size() < samples) {
            keys.add(key);
        }
    }

    private Sample sample(String key, JsonNode before, JsonNode now, boolean onlyFormatting) {
        if (hidden) {
            return new Sample(key, Optional.empty(), Optional.empty(), onlyFormatting);
        }
        Excerpt excerpt = Excerpt.of(before, now);
        return new Sample(key, Optional.of(excerpt.older()), Optional.of(excerpt.newer()), onlyFormatting);
    }
}
