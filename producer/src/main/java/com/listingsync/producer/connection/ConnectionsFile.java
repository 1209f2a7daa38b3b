package com.listingsync.producer.connection;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The connections file, {@code connections.yaml}; docs/connections.md describes it. */
public final class ConnectionsFile {

    private ConnectionsFile() {}

    /**
     * The connections of a file, in its order.
     *
     * @param environment where {@code ${NAME}} references are looked up, and the master key if anything is sealed
     * @throws SettingsException when the file can't be read or anything in it is wrong, with all the problems
     */
    public static List<Connection> read(Path file, Map<String, String> environment) {
        if (!Files.isRegularFile(file)) {
            throw new SettingsException("SYNC_CONNECTIONS: expected a connections file, but there is none at " + file);
        }
        try {
            return parse(Files.readString(file), file.toAbsolutePath().resolveSibling(""), environment);
        } catch (IOException e) {
            // Not readable or not UTF-8: whoever set the path sees this and mends it.
            throw new SettingsException("SYNC_CONNECTIONS: the connections file " + file + " can't be read ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    /** The connections in a text; file names in it are relative to {@code folder}. */
    static List<Connection> parse(String yaml, Path folder, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        JsonNode tree = tree(yaml);
        Section root = new Section("", tree, new Values(tree, environment), problems);
        List<Connection> connections = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        for (Section section : root.sections("connections")) {
            int before = problems.size();
            ConnectionSection reader = new ConnectionSection(section, folder);
            String other = places.putIfAbsent(reader.name(), section.at("name"));
            if (other != null) {
                section.problem("name", "is the same as " + other + "; names must differ");
            }
            reader.read().filter(connection -> problems.size() == before).ifPresent(connections::add);
        }
        root.refuseUnknownKeys();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return List.copyOf(connections);
    }

    private static JsonNode tree(String yaml) {
        try {
            YAMLMapper mapper = YAMLMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .build();
            return mapper.readTree(yaml);
        } catch (JacksonException e) {
            // Its own message quotes the text, which may hold a secret; the line is enough to find it.
            JsonLocation location = e.getLocation();
            throw new SettingsException("the connections file is not valid YAML"
                    + (location == null ? "" : ": see line " + location.getLineNr())
                    + " (indentation, a missing colon or a key that appears twice)");
        }
    }
}
