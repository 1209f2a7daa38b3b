package com.listingsync.console.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything of an {@code up} answers. In the data folder as {@code endpoints.json} while it runs.
 *
 * @param addresses by name: {@code console}, {@code kafka}, {@code supabase}, {@code jdbc}, {@code mls}, {@code sheets}
 * @param keysFile the file with the keys of the Supabase REST address
 * @param services root of the health and metrics address, by service
 * @param environment what a tool needs in its environment to talk to this {@code up}; holds no secret
 */
public record Endpoints(
        Map<String, String> addresses, Path keysFile, Map<String, URI> services, Map<String, String> environment) {

    private static final String FILE = "endpoints.json";
    private static final String USUAL_FOLDER = ".listing-sync";

    /** The data folder of an {@code up} that was given none. */
    public static Path usualFolder() {
        return Path.of(System.getProperty("user.home"), USUAL_FOLDER);
    }

    /** Whether an {@code up} runs on this data folder and can be talked to. */
    public static boolean areIn(Path dataFolder) {
        return Files.isReadable(dataFolder.resolve(FILE)) && DataFolder.isHeld(dataFolder);
    }

    /**
     * The environment of the {@code up} that runs on this data folder.
     *
     * @throws SettingsException when none does
     */
    public static Map<String, String> environmentOf(Path dataFolder) {
        Path file = dataFolder.resolve(FILE);
        try {
            if (!areIn(dataFolder)) {
                throw new IOException("nobody holds the folder");
            }
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
            Map<String, String> environment = new LinkedHashMap<>();
            json.path("environment")
                    .properties()
                    .forEach(each ->
                            environment.put(each.getKey(), each.getValue().asText()));
            return environment;
        } catch (IOException e) {
            // Nothing was asked of anybody yet: the person names the right folder or starts it.
            throw new SettingsException("--data: no 'up' is running on " + dataFolder.toAbsolutePath()
                    + "; start it with './listing-sync up', or wait until it has printed its addresses");
        }
    }

    /**
     * The Supabase project that the sink of the {@code up} on this data folder writes to, as environment variables; with its key.
     *
     * @throws SettingsException when it can't be read
     */
    public static Map<String, String> supabaseOf(Path dataFolder) {
        try {
            JsonNode endpoints = Json.MAPPER.readTree(Files.readAllBytes(dataFolder.resolve(FILE)));
            Path keysFile = Path.of(endpoints.path("supabaseKeys").asText());
            JsonNode keys = Json.MAPPER.readTree(Files.readAllBytes(keysFile));
            return Map.of(
                    "SUPABASE_URL",
                    keys.path("url").asText(),
                    "SUPABASE_REST_PATH",
                    "/rest/v1",
                    "SUPABASE_SERVICE_ROLE_KEY",
                    keys.path("serviceRoleKey").asText());
        } catch (IOException e) {
            // Only who started the 'up' may read its keys; nothing was asked of anybody yet.
            throw new SettingsException("--data: the keys of the Supabase of " + dataFolder.toAbsolutePath()
                    + " can't be read: " + e.getMessage());
        }
    }

    /** Writes the file into the data folder. */
    void write(DataFolder folder) throws IOException {
        Files.writeString(folder.at(FILE), json().toPrettyString() + "\n");
    }

    /** Removes the file: nothing answers at these addresses any more. */
    static void remove(DataFolder folder) throws IOException {
        Files.deleteIfExists(folder.at(FILE));
    }

    /** A line for each address, aligned, for people. */
    List<String> lines() {
        Map<String, String> all = new LinkedHashMap<>();
        // First what a person opens.
        all.put("dashboard", addresses.getOrDefault("console", ""));
        all.putAll(addresses);
        all.remove("console");
        all.put("keys", keysFile.toString());
        services.forEach((service, root) -> all.put(service + " health", root + "/health/ready  " + root + "/metrics"));
        List<String> lines = new ArrayList<>();
        all.forEach((name, address) -> lines.add(String.format("  %-16s %s", name, address)));
        return lines;
    }

    private ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        addresses.forEach(json::put);
        json.put("supabaseKeys", keysFile.toString());
        ObjectNode byService = json.putObject("services");
        services.forEach((service, root) -> byService
                .putObject(service)
                .put("live", root + "/health/live")
                .put("ready", root + "/health/ready")
                .put("metrics", root + "/metrics"));
        ObjectNode forTools = json.putObject("environment");
        environment.forEach(forTools::put);
        return json;
    }
}
