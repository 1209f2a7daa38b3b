package com.listingsync.common.connection;

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
import java.util.List;
import java.util.Map;

/** The connections file, {@code connections.yaml}, as YAML; docs/connections.md describes it. Stateless. */
public final class ConnectionsDocument {

    /** Key of the list of upstream accounts, the producer's part. */
    public static final String CONNECTIONS = "connections";

    /** Key of the list of owners, the sink's part. */
    public static final String OWNERS = "owners";

    /** Makes something of a file; what it finds wrong it notes with the sections it asks. */
    @FunctionalInterface
    public interface Reading<T> {

        /**
         * What is made of the file.
         *
         * @param folder the file's folder, which file names in it are relative to
         */
        T read(Section root, Path folder);
    }

    private ConnectionsDocument() {}

    /**
     * What {@code reading} makes of a file. Parts that it does not ask for are not looked at, so their references need not be
     * set; keys that nobody knows are problems.
     *
     * @param environment where {@code ${NAME}} references are looked up, and the master key if anything is sealed
     * @throws SettingsException when the file can't be read or anything in it is wrong, with all the problems
     */
    public static <T> T read(Path file, Map<String, String> environment, Reading<T> reading) {
        if (!Files.isRegularFile(file)) {
            throw new SettingsException("SYNC_CONNECTIONS: expected a connections file, but there is none at " + file);
        }
        try {
            return parse(Files.readString(file), file.toAbsolutePath().resolveSibling(""), environment, reading);
        } catch (IOException e) {
            // Not readable or not UTF-8: whoever set the path sees this and mends it.
            throw new SettingsException("SYNC_CONNECTIONS: the connections file " + file + " can't be read ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    /** As {@link #read}, of a text; file names in it are relative to {@code folder}. */
    public static <T> T parse(String yaml, Path folder, Map<String, String> environment, Reading<T> reading) {
        List<String> problems = new ArrayList<>();
        JsonNode tree = tree(yaml);
        Section root = new Section("", tree, new Values(tree, environment), problems);
        root.has(CONNECTIONS);
        root.has(OWNERS);
        T read = reading.read(root, folder);
        root.refuseUnknownKeys();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return read;
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
