package com.listingsync.console.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.shell.Amount;
import com.listingsync.console.shell.Paint;
import java.util.ArrayList;
import java.util.List;

/**
 * All that was found.
 *
 * @param findings in the order of looking
 */
public record Diagnosis(List<Finding> findings) {

    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /** Whether nothing is wrong. */
    public boolean good() {
        return findings.stream().noneMatch(finding -> finding.level() == Finding.Level.BAD);
    }

    /** Whether tables or guards are missing, which the migration makes. */
    public boolean needsMigration() {
        return findings.stream()
                .anyMatch(finding -> finding.level() == Finding.Level.BAD
                        && finding.area().equals("supabase")
                        && (finding.name().startsWith("table ")
                                || finding.name().startsWith("guard of ")));
    }

    /** {@code good, findings[]}. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("good", good());
        var all = json.putArray("findings");
        findings.forEach(finding -> all.add(finding.json()));
        return json;
    }

    /** A line for each finding, with the fix below those that have one. */
    public List<String> lines(Paint paint) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            String text = finding.area() + ": " + finding.name() + ": " + finding.words();
            lines.add(
                    switch (finding.level()) {
                        case GOOD -> paint.good("ok    ") + text;
                        case WARNING -> paint.warning("look  ") + text;
                        case UNSEEN -> paint.faint("-     " + text);
                        case BAD -> paint.bad("wrong ") + text;
                    });
            if (!finding.fix().isEmpty()) {
                lines.add(paint.faint("      " + finding.fix()));
            }
        }
        long wrong = findings.stream()
                .filter(finding -> finding.level() == Finding.Level.BAD)
                .count();
        lines.add(wrong == 0 ? paint.good("nothing is wrong") : paint.bad(Amount.of(wrong, "thing") + " to mend"));
        return lines;
    }
}
