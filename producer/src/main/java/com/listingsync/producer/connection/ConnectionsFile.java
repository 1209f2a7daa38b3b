package com.listingsync.producer.connection;

import com.listingsync.common.connection.ConnectionsDocument;
import com.listingsync.common.connection.Section;
import com.listingsync.common.setting.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The producer's part of the connections file; docs/connections.md describes it. */
public final class ConnectionsFile {

    private ConnectionsFile() {}

    /**
     * The connections of a file, in its order.
     *
     * @param environment where {@code ${NAME}} references are looked up
     * @throws SettingsException when the file can't be read or anything in it is wrong, with all the problems
     */
    public static List<Connection> read(Path file, Map<String, String> environment) {
        return ConnectionsDocument.read(file, environment, ConnectionsFile::connections);
    }

    /** The connections in a text; file names in it are relative to {@code folder}. */
    static List<Connection> parse(String yaml, Path folder, Map<String, String> environment) {
        return ConnectionsDocument.parse(yaml, folder, environment, ConnectionsFile::connections);
    }

    private static List<Connection> connections(Section root, Path folder) {
        List<Connection> connections = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        for (Section section : root.sections(ConnectionsDocument.CONNECTIONS)) {
            ConnectionSection reader = new ConnectionSection(section, folder);
            String other = places.putIfAbsent(reader.name(), section.at("name"));
            if (other != null) {
                section.problem("name", "is the same as " + other + "; names must differ");
            }
            reader.read().ifPresent(connections::add);
        }
        return List.copyOf(connections);
    }
}
