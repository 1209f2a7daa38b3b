package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.console.reference.ServiceSettings;
import com.listingsync.console.replay.Project;
import com.listingsync.embedded.postgrest.PostgrestOptions;
import com.listingsync.embedded.postgrest.PostgrestServer;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.sink.Migrations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Every command of ours in a block of a page, run as the page has it beside a running {@code up}, page by page and in the page's order;
 * with what the sample has in place of the page's examples, and after what the page says has happened.
 */
final class DocumentedCommands {

    private static final Path TOP = Path.of("..");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PRINT_SETTINGS = "--print-settings";

    /** Begins of commands that are not run here, and why. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "up", "runs until it is stopped, and is what this all runs beside: UpIT",
            "topics acls --bootstrap broker-1:9093 --sink", "wants a broker that knows who asks: SecuredKafkaIT");

    private static final String COPY =
            "operations.md: replay --target https://new.supabase.co --target-key-env NEW_KEY";

    /** What has happened before a command, by its page and its text. */
    private final Map<String, Executable> before = Map.of(
            "cutover.md: replay --topic rows",
            this::makeShadow,
            "cutover.md: compare --against public.*",
            this::readShadow,
            "cutover.md: compare --against old_listings --table properties --map listing_key=mls_number,list_price=price",
            this::makeOldTable,
            "cutover.md: compare --against public.* --sample 1000 --hide-values",
            this::readShadow,
            COPY,
            this::makeNewProject,
            "operations.md: verify --target https://new.supabase.co --target-key-env NEW_KEY",
            this::copyAgain,
            "operations.md: dlq stats",
            this::damage,
            "operations.md: dlq replay --code 23514 --yes --why constraint dropped",
            this::dropConstraint,
            "operations.md: dlq list --state all",
            this::mend);

    private final Path folder;
    private final String jdbc;
    private final SampleWorld world;
    private final Map<String, String> deployment = new HashMap<>();

    /** Of the page under way. */
    private final Map<String, String> environment = new HashMap<>();

    private final Deque<AutoCloseable> closeables = new ArrayDeque<>();

    /** What stands for something in the pages, with what it is here. */
    private final Map<String, String> bindings = new HashMap<>();

    private final List<String> listings;
    private final List<String> sheetRows;

    /**
     * @param data the data folder of the running {@code up}
     * @param folder for what the commands write
     */
    DocumentedCommands(Path data, Path folder, String jdbc, SampleWorld world) throws IOException {
        this.folder = folder;
        this.jdbc = jdbc;
        this.world = world;
        Truth truth = new Truth(world);
        listings = truth.listings().keySet().stream().toList();
        sheetRows = truth.propertyNumbers().stream()
                .filter(number -> !truth.links().containsKey(number))
                .toList();
        deployment.putAll(Endpoints.environmentOf(data));
        deployment.putAll(Endpoints.supabaseOf(data));
        bind();
    }

    /** A test for each page that has a command. */
    Stream<DynamicTest> tests() throws IOException {
        try (Stream<Path> docs = Files.list(TOP.resolve("docs"))) {
            List<DynamicTest> tests = new ArrayList<>();
            for (Path page : Stream.concat(docs.sorted(), Stream.of(TOP.resolve("README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList()) {
                String name = page.getFileName().toString();
                List<PageCommand> commands = PageCommand.of(page);
                if (!commands.isEmpty()) {
                    tests.add(DynamicTest.dynamicTest(name, () -> runPage(name, commands)));
                }
            }
            return tests.stream();
        }
    }

    private void runPage(String page, List<PageCommand> commands) throws Throwable {
        environment.clear();
        environment.putAll(deployment);
        try {
            runInOrder(page, commands);
        } finally {
            while (!closeables.isEmpty()) {
                closeables.pop().close();
            }
        }
    }

    private void runInOrder(String page, List<PageCommand> commands) throws Throwable {
        for (PageCommand command : commands) {
            if (LEFT_OUT.keySet().stream().noneMatch(command.text()::startsWith)) {
                before.getOrDefault(page + ": " + command.text(), () -> {}).execute();
                PageCommand bound = command.bound(word -> bindings.getOrDefault(word, word));

                CommandLineRun run = run(bound.variables(), bound.words());

                assertThat(run.exitCode())
                        .as("%s: %s%n%s%s", page, bound, run.out(), run.err())
                        .isZero();
            }
        }
    }

    private CommandLineRun run(Map<String, String> variables, List<String> words) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        List<String> arguments = new ArrayList<>(words);
        // A service runs until it is stopped: what it would start with must be what it takes.
        if (ServiceSettings.ALL.containsKey(words.get(0)) && !words.contains(PRINT_SETTINGS)) {
            arguments.add(PRINT_SETTINGS);
        }
        return CommandLineRun.of(all, arguments.toArray(String[]::new));
    }

    private void bind() throws IOException {
        String supabase = deployment.get("SUPABASE_URL");
        String key = deployment.get("SUPABASE_SERVICE_ROLE_KEY");
        deployment.put("OLD_KEY", key);
        deployment.put("SYNC_MASTER_KEY_FILE", folder.resolve("master.key").toString());
        bindings.putAll(Map.of(
                "...",
                key,
                "broker-1:9093",
                deployment.get("KAFKA_BOOTSTRAP_SERVERS"),
                "localhost:9094",
                deployment.get("KAFKA_BOOTSTRAP_SERVERS"),
                "https://old.supabase.co",
                supabase,
                "trreb-idx",
                "mls-idx",
                "$SYNC_MASTER_KEY_FILE",
                deployment.get("SYNC_MASTER_KEY_FILE"),
                "/etc/listing-sync/api-keys.json",
                folder.resolve("api-keys.json").toString(),
                "compare.html",
                folder.resolve("compare.html").toString(),
                "/run/secrets/old-key",
                Files.writeString(folder.resolve("old-key"), key).toString()));
        bindings.putAll(Map.of(
                "X20926554",
                listings.get(0),
                "C31031198",
                listings.get(1),
                "W1234567,AA13226",
                listings.get(2) + "," + sheetRows.get(1),
                "AA13226,AA4885",
                sheetRows.get(1) + "," + sheetRows.get(2),
                "{\"ListPrice\": 1250000}",
                "{\"Price\": 615000}",
                "connections.yaml",
                Files.writeString(folder.resolve("connections.yaml"), """
                        connections:
                          - name: mls
                            kind: mls
                            profile: reso
                            url: http://127.0.0.1:1/
                            auth: {token: not-sealed-yet}
                            feeds: {property: {}}
                        """).toString()));
    }

    /** By the page's own SQL, and by its sed; and with a REST server that exposes the schema, as the page asks for. */
    private void makeShadow() throws Exception {
        String page = Files.readString(TOP.resolve("docs/cutover.md"));
        String schema = page.substring(page.indexOf("create schema if not exists shadow"));
        sql(schema.substring(0, schema.indexOf("```")));
        sql(Migrations.all().get(0).sql().replace("public.", "shadow."));
        PostgrestServer rest = PostgrestServer.start(PostgrestOptions.on(
                        jdbc.replace("user=postgres", "user=authenticator"), "of-the-documented-commands-alone")
                .withSchemas(List.of("public", "shadow")));
        closeables.push(rest);
        environment.put("SUPABASE_URL", "http://127.0.0.1:" + rest.uri().getPort());
        environment.put("SUPABASE_SERVICE_ROLE_KEY", rest.serviceRoleKey());
    }

    private void makeNewProject() throws IOException {
        Project project = Project.start(folder.resolve("new-project"));
        closeables.push(project);
        bindings.put("https://new.supabase.co", project.url());
        environment.put("NEW_KEY", project.key());
    }

    /** What the live project has got since the copy. */
    private void copyAgain() {
        List<String> words = List.of(COPY.substring(COPY.indexOf(' ') + 1).split(" "));
        run(
                Map.of(),
                words.stream().map(word -> bindings.getOrDefault(word, word)).toList());
    }

    private void readShadow() {
        environment.put("SUPABASE_SCHEMA", "shadow");
    }

    private void makeOldTable() throws Exception {
        environment.remove("SUPABASE_SCHEMA");
        sql("create table old_listings as select listing_key as mls_number, list_price as price from properties"
                + " where deleted_at is null");
        sql("alter table old_listings add primary key (mls_number)");
        sql("grant select on old_listings to service_role");
        sql("notify pgrst, 'reload schema'");
        awaitExposed("old_listings");
    }

    /** A listing came with a text for a price, another with a price that the table's check refuses. */
    private void damage() throws Exception {
        sql("alter table public.properties add constraint small_prices check (list_price < 90000000)");
        world.editSheetRow(sheetRows.get(0), "Price", "ask");
        world.changePrice(listings.get(0), 99_000_000);
        readAll();
        bindings.put("processor/0/0", letter("processor").path("id").asText());
        letter("sink");
    }

    private void dropConstraint() throws Exception {
        letter("sink");
        sql("alter table public.properties drop constraint small_prices");
    }

    private void mend() {
        world.editSheetRow(sheetRows.get(0), "Price", 615_000);
        readAll();
    }

    private void readAll() {
        run(Map.of(), List.of("sync", "--wait"));
    }

    /** Supabase REST reads the schema anew when it has heard of it, and not before the notice is sent. */
    private void awaitExposed(String table) {
        HttpRequest look = HttpRequest.newBuilder(URI.create(environment.get("SUPABASE_URL")
                        + environment.get("SUPABASE_REST_PATH") + "/" + table + "?limit=1"))
                .header("Authorization", "Bearer " + environment.get("SUPABASE_SERVICE_ROLE_KEY"))
                .header("apikey", environment.get("SUPABASE_SERVICE_ROLE_KEY"))
                .build();
        await().atMost(PATIENCE)
                .until(() -> HttpClient.newHttpClient()
                                .send(look, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    /** The open letter of a stage, once it is there. */
    private JsonNode letter(String stage) {
        return await().atMost(PATIENCE)
                .until(
                        () -> Json.MAPPER
                                .readTree(run(Map.of(), List.of("dlq", "list", "--stage", stage, "--json"))
                                        .out())
                                .path("letters")
                                .path(0),
                        found -> found.has("id"));
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(jdbc);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
