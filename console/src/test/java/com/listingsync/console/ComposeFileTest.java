package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.wire.Json;
import com.listingsync.console.reference.ServiceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The compose file and the images say only what the services understand. */
class ComposeFileTest {

    private static final Path TOP = Path.of("..");
    private static final Pattern SERVED = Pattern.compile("GET (/health/(?:live|ready)) ");

    @ParameterizedTest
    @ValueSource(strings = {"producer", "processor", "sink", "console"})
    void givesEachServiceOnlyVariablesItDeclares(String service) throws IOException {
        Set<String> declared = EnvRecords.declarations(ServiceSettings.ALL.get(service)).stream()
                .map(EnvRecords.Declaration::name)
                .collect(Collectors.toSet());

        Set<String> given = variables(compose().path("services").path(service).path("environment"));

        assertThat(given).isNotEmpty().isSubsetOf(declared);
    }

    @ParameterizedTest
    @ValueSource(strings = {"producer", "processor", "sink", "console"})
    void givesEachServiceEveryVariableItRequires(String service) throws IOException {
        Set<String> required = EnvRecords.declarations(ServiceSettings.ALL.get(service)).stream()
                .filter(declaration -> declaration.fallback() == null)
                .map(EnvRecords.Declaration::name)
                .collect(Collectors.toSet());

        Set<String> given = variables(compose().path("services").path(service).path("environment"));

        assertThat(given).containsAll(required);
    }

    @ParameterizedTest
    @ValueSource(strings = {"producer", "processor", "sink", "console"})
    void checksHealthWhereItIsServed(String service) throws IOException {
        String dockerfile = Files.readString(TOP.resolve(service).resolve("Dockerfile"));

        Matcher path = SERVED.matcher(dockerfile);

        assertThat(path.find()).isTrue();
        assertThat(dockerfile)
                .contains("SYNC_HTTP_PORT=8081", "/dev/tcp/127.0.0.1/$SYNC_HTTP_PORT", "USER listing-sync");
        assertThat(compose()
                        .path("services")
                        .path(service)
                        .path("build")
                        .path("dockerfile")
                        .asText())
                .isEqualTo(service + "/Dockerfile");
    }

    @Test
    void buildsAllImagesFromTheSameFirstStage() throws IOException {
        Set<String> stages = new TreeSet<>();
        for (String service : ServiceSettings.ALL.keySet()) {
            String dockerfile = Files.readString(TOP.resolve(service).resolve("Dockerfile"));
            stages.add(dockerfile.substring(dockerfile.indexOf("FROM maven"), dockerfile.indexOf("# Class path")));
        }

        assertThat(stages).hasSize(1);
    }

    @Test
    void explainsEveryVariableThatItTakesFromOutside() throws IOException {
        Set<String> taken = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)[}:]")
                .matcher(Files.readString(TOP.resolve("docker-compose.yml")))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        List<String> explained = Files.readAllLines(TOP.resolve(".env.example")).stream()
                .filter(line -> line.matches("#?[A-Z_]+=.*"))
                .map(line -> line.replaceAll("^#?([A-Z_]+)=.*$", "$1"))
                .toList();

        assertThat(explained).containsExactlyInAnyOrderElementsOf(taken);
    }

    private static Set<String> variables(JsonNode environment) {
        Set<String> names = new TreeSet<>();
        environment.fieldNames().forEachRemaining(name -> {
            if (name.equals("<<")) {
                names.addAll(variables(environment.get(name)));
            } else {
                names.add(name);
            }
        });
        return names;
    }

    private static JsonNode compose() throws IOException {
        return Json.MAPPER.valueToTree(new Yaml().load(Files.readString(TOP.resolve("docker-compose.yml"))));
    }
}
