package com.listingsync.console.doctor;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.connection.ConnectionsFile;
import com.listingsync.producer.probe.ConnectionProbe;
import com.listingsync.producer.source.Observation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every MLS and spreadsheet of the connections file.
 *
 * @param file the file; empty when none is named
 * @param environment where its references are looked up
 * @param clock this machine's
 */
record SourceCheck(String file, Map<String, String> environment, Clock clock) implements Check {

    @Override
    public List<Finding> look() throws InterruptedException {
        if (file.isBlank()) {
            return List.of(Finding.unseen(
                    "sources",
                    "connections",
                    "SYNC_CONNECTIONS is not set, so no source was asked",
                    "run it where the producer's settings are"));
        }
        List<Connection> connections;
        try {
            connections = ConnectionsFile.read(Path.of(file), environment);
        } catch (SettingsException e) {
            // Everything that is wrong with it, a finding each.
            return e.problems().stream()
                    .map(problem -> Finding.bad("sources", "connections", problem, "mend the connections file"))
                    .toList();
        }
        List<Finding> findings = new ArrayList<>();
        for (Connection connection : connections) {
            for (Observation seen : ConnectionProbe.of(connection, clock)) {
                findings.add(finding("source " + connection.name(), seen));
            }
        }
        return findings;
    }

    private static Finding finding(String area, Observation seen) {
        return switch (seen.sort()) {
            case GOOD -> Finding.good(area, seen.what(), seen.words());
            case WARNING -> Finding.warning(area, seen.what(), seen.words(), seen.fix());
            case BAD -> Finding.bad(area, seen.what(), seen.words(), seen.fix());
        };
    }
}
