package com.listingsync.console.mapping;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.processor.map.TrialMapping;
import java.util.List;

/**
 * A sample record and what the mapping made of it. Immutable.
 *
 * @param sample the record
 * @param result what became of it
 */
public record Trial(SampleFile.Sample sample, TrialMapping.Result result) {

    /** Tries all records of a file. */
    public static List<Trial> all(Mapping mapping, SampleFile file) {
        TrialMapping trial = new TrialMapping(mapping);
        return file.records().stream()
                .map(sample -> new Trial(sample, trial.map(sample.entity(), sample.payload(), sample.listing())))
                .toList();
    }

    boolean refused() {
        return result.fold(mapped -> false, leftOut -> false, refused -> true);
    }
}
