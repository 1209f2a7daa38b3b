package com.listingsync.console.command;

import static com.listingsync.console.command.EveryCommand.find;
import static com.listingsync.console.command.EveryCommand.namesOfDoers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.openapi.ApiDocument;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be typed can be asked for by HTTP: the document's {@code x-cli} says by what, and these are the exceptions. */
class CommandsOverHttpTest {

    private static final String PROCESS = "it starts a process, which is for whoever runs the machine";
    private static final String MASTER_KEY = "it works with the master key, which never leaves the machine that has it";
    private static final String KEYS = "who may call is decided where the file of keys is, not by those who call";

    private static final Map<String, String> WITHOUT = Map.ofEntries(
            Map.entry("up", PROCESS),
            Map.entry("producer", PROCESS),
            Map.entry("processor", PROCESS),
            Map.entry("sink", PROCESS),
            Map.entry("console", PROCESS),
            Map.entry("samples", PROCESS),
            Map.entry("completion", "it is for a shell"),
            Map.entry("secrets new-key", MASTER_KEY),
            Map.entry("secrets seal", MASTER_KEY),
            Map.entry("secrets unseal-check", MASTER_KEY),
            Map.entry("secrets rotate", MASTER_KEY),
            Map.entry("api-keys add", KEYS),
            Map.entry("api-keys list", KEYS),
            Map.entry("api-keys revoke", KEYS));

    private static final String IN_SETTINGS =
            "addresses and keys of other projects are the settings' (SYNC_CONSOLE_PROJECTS), never a request's";
    private static final String ASK = "long work is asked for, and asked about by another call";

    private static final Map<String, String> WITHOUT_OPTION = Map.ofEntries(
            Map.entry("sync --wait", ASK),
            Map.entry("status --wait", ASK),
            Map.entry("status --watch", "GET /api/events tells of every change"),
            Map.entry("reprocess --wait", ASK),
            Map.entry("replay --target-key-env", IN_SETTINGS),
            Map.entry("replay --target-rest-path", IN_SETTINGS),
            Map.entry("verify --target-key-env", IN_SETTINGS),
            Map.entry("verify --target-rest-path", IN_SETTINGS),
            Map.entry("compare --against-key-env", IN_SETTINGS),
            Map.entry("compare --against-key-file", IN_SETTINGS),
            Map.entry("compare --against-rest-path", IN_SETTINGS),
            Map.entry("topics acls --apply", "the console's principal may not give rights, and must not"),
            Map.entry("dlq edit --print", "who sends a patch has the value that it is for"),
            Map.entry("dlq export --out", "the answer is the file"));

    /** Of every command: where it talks to, how it prints, and the question before. */
    private static final Set<String> OF_A_TERMINAL =
            Set.of("--help", "--version", "--quiet", "--debug", "--json", "--data", "--bootstrap", "--yes");

    /** Topics of others are none that whoever may look at our dead letters may look at. */
    private static final Set<String> OF_OTHERS = Set.of("--topic");

    private static final JsonNode DOCUMENT = ApiDocument.read().json();

    @ParameterizedTest
    @MethodSource("com.listingsync.console.command.EveryCommand#namesOfDoers")
    void everyCommandHasAnOperationOrAReason(String command) {
        assertThat(operationsOf(command).findAny().isPresent())
                .as("an operation with x-cli '%s' in openapi.json, or a reason here", command)
                .isNotEqualTo(WITHOUT.containsKey(command));
    }

    @ParameterizedTest
    @MethodSource("com.listingsync.console.command.EveryCommand#namesOfDoers")
    void everyOptionHasANameOrAReason(String command) {
        if (WITHOUT.containsKey(command)) {
            return;
        }
        Set<String> open = new TreeSet<>();
        find(command).options().forEach(option -> {
            boolean named = Stream.of(option.names()).anyMatch(name -> isNamed(command, name));
            boolean excepted = Stream.of(option.names())
                    .anyMatch(name -> OF_A_TERMINAL.contains(name)
                            || WITHOUT_OPTION.containsKey(command + " " + name)
                            || command.startsWith("dlq ") && OF_OTHERS.contains(name));
            if (!named && !excepted) {
                open.add(option.longestName());
            }
        });

        assertThat(open).as("options of '%s' that no operation has", command).isEmpty();
    }

    @Test
    void theDocumentNamesNothingThatIsNotThere() {
        Map<String, String> wrong = new TreeMap<>();
        operations().forEach(operation -> {
            Set<String> names = namesOf(operation);
            operation.path("x-cli").properties().forEach(command -> {
                String id = operation.path("operationId").asText();
                if (namesOfDoers().noneMatch(command.getKey()::equals)) {
                    wrong.put(id, "there is no command '" + command.getKey() + "'");
                    return;
                }
                command.getValue().properties().forEach(option -> {
                    String name = option.getValue().asText();
                    if (find(command.getKey()).findOption(option.getKey()) == null
                            || !(name.isEmpty() || names.contains(name))) {
                        wrong.put(id, command.getKey() + " " + option.getKey() + " -> " + name);
                    }
                });
            });
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void theExceptionsAreCommandsAndOptionsThatThereAre() {
        assertThat(WITHOUT.keySet())
                .allSatisfy(command -> assertThat(namesOfDoers()).contains(command));
        assertThat(WITHOUT_OPTION.keySet()).allSatisfy(each -> {
            int option = each.indexOf(" --");
            assertThat(find(each.substring(0, option)).findOption(each.substring(option + 1)))
                    .as(each)
                    .isNotNull();
        });
    }

    private static boolean isNamed(String command, String option) {
        return operationsOf(command)
                .anyMatch(operation -> operation.path("x-cli").path(command).has(option));
    }

    private static Stream<JsonNode> operationsOf(String command) {
        return operations().filter(operation -> operation.path("x-cli").has(command));
    }

    private static Stream<JsonNode> operations() {
        return DOCUMENT.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream())
                .map(Map.Entry::getValue);
    }

    /** Names of its parameters and of what its body may have. */
    private static Set<String> namesOf(JsonNode operation) {
        Set<String> names = new HashSet<>();
        operation
                .path("parameters")
                .forEach(each -> names.add(resolved(each).path("name").asText()));
        resolved(operation.at("/requestBody/content/application~1json/schema"))
                .path("properties")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private static JsonNode resolved(JsonNode written) {
        return written.has("$ref") ? DOCUMENT.at(written.path("$ref").asText().substring(1)) : written;
    }
}
