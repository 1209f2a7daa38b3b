package com.listingsync.console.run;

import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.producer.ProducerSettings;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.connection.ConnectionsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The connections that a run is to read, chosen from a connections file. Immutable.
 *
 * @param connections at least one
 */
public record RunChoice(List<Connection> connections) {

    public RunChoice {
        connections = List.copyOf(connections);
    }

    /**
     * The connections of these names in the file that the producers read.
     *
     * @param environment the producers' environment
     * @param names empty for all of them
     * @throws SettingsException when the file can't be used or has no connection of a name
     */
    public static RunChoice of(Map<String, String> environment, List<String> names) {
        Path file = EnvRecords.read(ProducerSettings.class, environment).connections();
        List<Connection> all = ConnectionsFile.read(file, environment);
        List<String> known = all.stream().map(Connection::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new SettingsException("--connection: there is no connection '" + name + "' in " + file
                        + "; found " + String.join(", ", known));
            }
        }
        return new RunChoice(all.stream()
                .filter(connection -> names.isEmpty() || names.contains(connection.name()))
                .toList());
    }

    /** A request for a run over them; see {@link RunRequest#over}. */
    public RunRequest request(String run, String trigger, List<String> keys, boolean force) {
        return RunRequest.over(run, trigger, connections, keys, force);
    }
}
