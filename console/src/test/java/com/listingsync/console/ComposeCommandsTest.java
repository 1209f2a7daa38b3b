package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What the pages ask Docker Compose for is in docker-compose.yml: profiles and services. */
class ComposeCommandsTest {

    private static final Pattern COMMAND = Pattern.compile("docker compose ([^\\n`#&]*)");
    private static final Pattern PROFILE = Pattern.compile("--profile (\\S+)");
    private static final Pattern SCALED = Pattern.compile("--scale (\\w+)=\\d+");

    /** Options and their values, and the verb. */
    private static final Pattern NO_SERVICE =
            Pattern.compile("--?(?:profile|scale) \\S+|--?\\S+|\\b(?:up|run|build|ps)\\b");

    @ParameterizedTest
    @MethodSource("commands")
    void namesWhatTheComposeFileHas(String command) throws IOException {
        JsonNode services = services();
        Set<String> profiles = new HashSet<>();
        services.forEach(service -> service.path("profiles").forEach(profile -> profiles.add(profile.asText())));
        List<String> named = Stream.concat(
                        named(SCALED, command),
                        Stream.of(NO_SERVICE
                                .matcher(command)
                                .replaceAll(" ")
                                .strip()
                                .split("\\s+")))
                .filter(name -> !name.isEmpty())
                .toList();
        // What follows the service is the command that runs in it.
        List<String> asked = command.startsWith("run ") ? named.subList(0, 1) : named;

        assertThat(services.properties()).extracting(Map.Entry::getKey).containsAll(asked);
        assertThat(profiles).containsAll(named(PROFILE, command).toList());
    }

    static Set<String> commands() throws IOException {
        Set<String> commands = new TreeSet<>();
        for (Path page : Pages.all()) {
            COMMAND.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1).strip())
                    .forEach(commands::add);
        }
        assertThat(commands).hasSizeGreaterThan(8);
        return commands;
    }

    private static JsonNode services() throws IOException {
        JsonNode file =
                Json.MAPPER.valueToTree(new Yaml().load(Files.readString(Pages.TOP.resolve("docker-compose.yml"))));
        return file.path("services");
    }

    private static Stream<String> named(Pattern pattern, String command) {
        return pattern.matcher(command).results().map(found -> found.group(1));
    }
}
