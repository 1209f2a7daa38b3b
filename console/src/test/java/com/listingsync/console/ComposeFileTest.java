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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The compose file and the images say only what the services understand. */
class ComposeFileTest {

    private static final Path TOP = Path.of("..");

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
    void buildsEachServiceFromItsModule(String service) throws IOException {
        String dockerfile = Files.readString(TOP.resolve(service).resolve("Dockerfile"));

        assertThat(dockerfile)
                .contains(
                        "SYNC_HTTP_PORT=8081",
                        "USER listing-sync",
                        "ENTRYPOINT [\"java\"",
                        "CMD [\"" + service + "\"]");
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

    /** By name: Docker before 23 leaves out a folder that only a pattern takes back in. */
    @Test
    void sendsEveryModuleToTheBuild() throws IOException {
        List<String> sent = Files.readAllLines(TOP.resolve(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .toList();

        Pattern.compile("<module>(.+)</module>")
                .matcher(Files.readString(TOP.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .forEach(module -> assertThat(sent).contains("!" + module + "/pom.xml", "!" + module + "/src/main"));
        assertThat(sent)
                .noneMatch(line -> line.contains("*"))
                .allMatch(line -> Files.exists(TOP.resolve(line.substring(1))));
    }

    /** So that a change of one module sends that module's jar alone. */
    @ParameterizedTest
    @ValueSource(strings = {"producer", "processor", "sink", "console"})
    void hasALayerForEachModuleAndOneForLibraries(String service) throws IOException {
        ImageFile image = ImageFile.of(service);

        assertThat(image.layers().get(0)).isEqualTo("lib");
        assertThat(image.layers())
                .containsAll(image.modules().stream()
                        .map(module -> Path.of(module).getFileName().toString())
                        .toList());
        assertThat(image.text()).contains("find /image -exec touch");
    }

    @Test
    void explainsEveryVariableThatItTakesFromOutside() throws IOException {
        String files = Files.readString(TOP.resolve("docker-compose.yml"))
                + Files.readString(TOP.resolve("docker/secrets.yml"));
        Set<String> taken = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)[}:]")
                .matcher(files)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        List<String> explained = Files.readAllLines(TOP.resolve(".env.example")).stream()
                .filter(line -> line.matches("#?[A-Z_]+=.*"))
                .map(line -> line.replaceAll("^#?([A-Z_]+)=.*$", "$1"))
                .toList();

        assertThat(explained).containsExactlyInAnyOrderElementsOf(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"producer", "processor", "sink", "console"})
    void keepsEachServiceRunningAndStopsItBeforeKafka(String service) throws IOException {
        JsonNode said = compose().path("services").path(service);

        assertThat(said.path("restart").asText()).isEqualTo("unless-stopped");
        assertThat(said.path("stop_grace_period").asText()).isEqualTo("45s");
        assertThat(said.at("/depends_on/kafka/condition").asText()).isEqualTo("service_healthy");
    }

    /** The image's own check asks for the health of a service. */
    @ParameterizedTest
    @ValueSource(strings = {"topics", "samples"})
    void checksWhatIsNoServiceInItsOwnWay(String tool) throws IOException {
        JsonNode check = compose().path("services").path(tool).path("healthcheck");

        assertThat(check.path("disable").asBoolean() || check.has("test")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"producer", "processor", "sink", "console", "topics", "samples"})
    void givesEachOfOursAsLittleAsItNeeds(String service) throws IOException {
        JsonNode said = compose().path("services").path(service);

        assertThat(said.path("mem_limit").asText()).matches("\\d+[mg]");
        assertThat(said.path("read_only").asBoolean()).isTrue();
        assertThat(said.path("cap_drop").path(0).asText()).isEqualTo("ALL");
        assertThat(said.path("security_opt").path(0).asText()).isEqualTo("no-new-privileges:true");
    }

    /** A name or a published port can be had once, and a state folder by one processor. */
    @ParameterizedTest
    @ValueSource(strings = {"producer", "processor", "sink"})
    void letsMoreThanOneOfAServiceRun(String service) throws IOException {
        JsonNode said = compose().path("services").path(service);

        assertThat(said.has("container_name")).isFalse();
        assertThat(said.has("ports")).isFalse();
        said.path("volumes").forEach(volume -> assertThat(volume.asText()).matches("/data|.*:ro"));
    }

    @Test
    void putsOnlyLoopbackPortsOutside() throws IOException {
        compose()
                .path("services")
                .forEach(service -> service.path("ports")
                        .forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
    }

    @Test
    void namesEveryImageWithItsVersion() throws IOException {
        compose()
                .path("services")
                .forEach(service -> assertThat(service.path("image").asText())
                        .matches("listing-sync-[a-z]+|[a-z/]+:v?\\d+(\\.\\d+)*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sink", "console"})
    void keepsSecretsInFilesWhereThatIsWanted(String service) throws IOException {
        JsonNode overlay = yaml("docker/secrets.yml");
        JsonNode said = overlay.path("services").path(service);
        String secret = said.path("secrets").path(0).asText();

        assertThat(said.path("environment")
                        .path("SUPABASE_SERVICE_ROLE_KEY_FILE")
                        .asText())
                .isEqualTo("/run/secrets/" + secret);
        assertThat(said.path("environment").path("SUPABASE_SERVICE_ROLE_KEY").asText("unset"))
                .isEmpty();
        assertThat(overlay.path("secrets").has(secret)).isTrue();
    }

    /** Project and share: otherwise a proof or a replay that is asked for at the dashboard takes an older sync's listings for ours. */
    @Test
    void givesTheConsoleWhatTheSinkWritesTo() throws IOException {
        JsonNode services = compose().path("services");

        for (String name : List.of(
                "SUPABASE_URL",
                "SUPABASE_REST_PATH",
                "SUPABASE_SERVICE_ROLE_KEY",
                "SUPABASE_SCHEMA",
                "SYNC_MODE",
                "SYNC_CUTOVER_PERCENT")) {
            assertThat(services.at("/console/environment/" + name).asText())
                    .isNotBlank()
                    .isEqualTo(services.at("/sink/environment/" + name).asText());
        }
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
        return yaml("docker-compose.yml");
    }

    private static JsonNode yaml(String file) throws IOException {
        return Json.MAPPER.valueToTree(new Yaml().load(Files.readString(TOP.resolve(file))));
    }
}
