package com.listingsync.console.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.replay.Project;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.sheets.SampleSheets;
import com.listingsync.embedded.sheets.SheetsOptions;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.embedded.world.WorldPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says of a deployment in which one thing is wrong; each test damages it, and mends it again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PARTITIONS = 3;

    @TempDir
    static Path folder;

    private EmbeddedKafka kafka;
    private Project project;
    private SampleWorld world;
    private SampleMls mls;
    private SampleSheets sheets;
    private int deployments;

    @BeforeAll
    void start() throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        project = Project.start(folder.resolve("project"));
        world = SampleWorld.generate(WorldPlan.of(3, 5));
        mls = new SampleMls(world, MlsOptions.defaults()).start();
        sheets = new SampleSheets(world, SheetsOptions.defaults().withSharedKey()).start();
        Files.writeString(folder.resolve("account.json"), sheets.serviceAccountJson());
        project.execute("insert into properties (listing_key, row_version) values ('W1', 1)");
    }

    @AfterAll
    void stop() {
        sheets.close();
        mls.close();
        world.close();
        project.close();
        kafka.close();
    }

    @Test
    void nothingIsWrongWhereNothingIs() throws IOException {
        CommandLineRun run = doctor(withTopics(boards(mls.idxToken(), "")));

        assertThat(run.out())
                .contains("nothing is wrong")
                .contains("what a killed service leaves open is looked for at least every 1000 ms")
                .doesNotContain("wrong ");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void columnThatIsGoneIsNamedAndNotPutBackByFix() throws IOException {
        Map<String, String> environment = withTopics(none());
        project.execute("alter table properties drop column city; notify pgrst, 'reload schema'");
        try {
            CommandLineRun run = await().atMost(PATIENCE)
                    .until(
                            () -> doctor(environment, "--fix"),
                            seen -> seen.out().contains("has no column"));

            assertThat(run.out())
                    .contains("wrong supabase: table properties: has no column city")
                    .contains("add the column, or take it out of the mapping");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(project.count(
                            "information_schema.columns where table_name = 'properties' and column_name = 'city'"))
                    .isZero();
        } finally {
            project.execute("alter table properties add column city text; notify pgrst, 'reload schema'");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(doctor(environment).out()).contains("tables with every column of the mapping"));
    }

    @Test
    void guardThatIsGoneIsFoundAndFixPrintsTheMigration() throws IOException {
        Map<String, String> environment = withTopics(none());
        project.execute("drop trigger a_refuse_older on properties");
        try {
            CommandLineRun plain = doctor(environment);
            CommandLineRun fixed = doctor(environment, "--fix");

            assertThat(plain.out())
                    .contains("wrong supabase: guard of properties: there is none")
                    .doesNotContain("create trigger");
            assertThat(fixed.out()).contains("create trigger a_refuse_older before update on public.properties");
            assertThat(List.of(plain.exitCode(), fixed.exitCode())).containsExactly(1, 1);
            assertThat(project.count("pg_trigger where tgrelid = 'properties'::regclass and tgname = 'a_refuse_older'"))
                    .isZero();
        } finally {
            project.execute("create trigger a_refuse_older before update on properties for each row when"
                    + " (new.row_version <= old.row_version) execute function public.listing_sync_refuse_older()");
        }
    }

    @Test
    void topicsThatAreMissingAreCreatedByFixAlone() throws Exception {
        Map<String, String> environment = deployment(none());
        KafkaAccess access = KafkaAccess.of(environment);

        CommandLineRun plain = doctor(environment);
        Set<String> before = topics(access);
        CommandLineRun fixed = doctor(environment, "--fix");

        assertThat(plain.exitCode()).isEqualTo(1);
        assertThat(plain.out())
                .contains("wrong kafka: topics: ", access.topics().rows().name(), "does not exist")
                .contains("'./listing-sync doctor --fix' or './listing-sync topics apply' creates it");
        assertThat(before).isEmpty();
        assertThat(fixed.out()).contains("created " + access.topics().rows().name());
        assertThat(fixed.exitCode()).as(fixed.out()).isZero();
        assertThat(topics(access)).hasSize(access.topics().all().size());
        assertThat(doctor(environment).exitCode()).isZero();
    }

    @Test
    void topicThatContradictsTheCatalogueIsNamedAndLeftByFix() throws Exception {
        Map<String, String> environment = withTopics(none());
        KafkaAccess access = KafkaAccess.of(environment);
        ConfigResource rows = new ConfigResource(
                ConfigResource.Type.TOPIC, access.topics().rows().name());
        try (Admin admin = access.admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            rows,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();

            CommandLineRun run =
                    await().atMost(PATIENCE).until(() -> doctor(environment, "--fix"), seen -> seen.exitCode() == 1);

            assertThat(run.out())
                    .contains("wrong kafka: topics: ", rows.name(), "cleanup.policy")
                    .contains("kafka-configs --alter --entity-type topics sets it back");
            assertThat(admin.describeConfigs(List.of(rows))
                            .all()
                            .get()
                            .get(rows)
                            .get("cleanup.policy")
                            .value())
                    .isEqualTo("delete");
        }
    }

    @Test
    void topicsWithAnotherCountOfPartitionsAreNamed() throws IOException {
        Map<String, String> environment = withTopics(none());
        environment.put("SYNC_TOPIC_PARTITIONS", "4");

        CommandLineRun run = doctor(environment);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("partitions", "set SYNC_TOPIC_PARTITIONS to what is there");
    }

    @Test
    void tokenThatAnMlsDoesNotAcceptIsFoundAndNotPrinted() throws IOException {
        CommandLineRun run = doctor(withTopics(boards("an-old-token", "")));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("wrong source mls: token: 127.0.0.1 does not accept the token (HTTP 401)")
                .contains("put a valid token into connection mls of the connections file")
                .doesNotContain("an-old-token");
    }

    @Test
    void mlsThatDoesNotAnswerIsFound() throws IOException {
        CommandLineRun run = doctor(
                withTopics(boards(mls.idxToken(), "").replace(mls.uri().toString(), "http://127.0.0.1:1/odata")));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("wrong source mls: address: no answer from 127.0.0.1")
                .contains("check url of connection mls, the network and the proxy");
    }

    @Test
    void mlsWithoutTheFieldByWhoseTimeAFeedIsReadIsFound() throws IOException {
        CommandLineRun run = doctor(withTopics(boards(mls.idxToken(), "clock: ChangedAt")));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("wrong source mls: property: Property has no field ChangedAt, by whose time it is read")
                .contains("mend key or clock of feed property in the connections file");
    }

    @Test
    void sheetThatIsNotSharedIsFound() throws IOException {
        Map<String, String> environment = withTopics(sheet());
        sheets.unshare();
        try {
            CommandLineRun run = doctor(environment);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .contains("wrong source sheet: ")
                    .contains("that the spreadsheet is shared with the service account");
        } finally {
            sheets.share();
        }
        assertThat(doctor(environment).exitCode()).isZero();
    }

    @Test
    void sheetWithoutTheHeaderOfItsKeyIsFound() throws IOException {
        Map<String, String> environment = withTopics(sheet());
        world.renameSheetColumn("Property Number", "Whatever");
        try {
            CommandLineRun run = doctor(environment);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .contains("wrong source sheet: Listings: tab 'Listings' ")
                    .contains("mend the headers, or header_row and key");
        } finally {
            world.renameSheetColumn("Whatever", "Property Number");
        }
        assertThat(doctor(environment).exitCode()).isZero();
    }

    @Test
    void clockAnHourOffIsFoundBySupabaseAndBySources() throws Exception {
        Map<String, String> environment = withTopics(boards(mls.idxToken(), ""));
        Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

        Diagnosis diagnosis = new Doctor(environment, false, fast).look();

        assertThat(diagnosis.good()).isFalse();
        assertThat(diagnosis.findings())
                .filteredOn(finding -> finding.name().equals("clock"))
                .extracting(finding -> finding.area() + " " + finding.level())
                .containsExactly("supabase BAD", "source mls BAD");
        assertThat(diagnosis.findings())
                .filteredOn(finding -> finding.name().equals("clock"))
                .allSatisfy(finding -> {
                    assertThat(finding.words()).containsPattern("3[56]\\d\\d s apart");
                    assertThat(finding.fix()).contains("NTP");
                });
    }

    /** A deployment with topics of its own. */
    private Map<String, String> withTopics(String connections) throws IOException {
        Map<String, String> environment = deployment(connections);
        KafkaAccess access = KafkaAccess.of(environment);
        try (Admin admin = access.admin()) {
            new TopicAdmin(admin).createMissing(access.topics().all(), TopicAdmin.BROKER_DEFAULT_REPLICATION);
        }
        return environment;
    }

    private Map<String, String> deployment(String connections) throws IOException {
        Map<String, String> environment = new HashMap<>(project.environment());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("SYNC_TOPIC_PREFIX", "doctor" + ++deployments);
        environment.put("SYNC_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
        environment.put("SYNC_STATE_DIR", folder.resolve("state").toString());
        if (!connections.isEmpty()) {
            Path file = folder.resolve("connections-" + deployments + ".yaml");
            environment.put(
                    "SYNC_CONNECTIONS", Files.writeString(file, connections).toString());
        }
        return environment;
    }

    private static String none() {
        return "";
    }

    private String boards(String token, String property) {
        return """
                connections:
                  - name: mls
                    kind: mls
                    profile: reso
                    view: idx
                    url: %s
                    auth:
                      token: %s
                    feeds:
                      property: {%s}
                """.formatted(mls.uri(), token, property);
    }

    private String sheet() {
        return """
                connections:
                  - name: sheet
                    kind: google-sheets
                    spreadsheet_id: %1$s
                    sheets_url: %2$s
                    drive_url: %2$s
                    auth:
                      service_account_file: %3$s
                    tabs:
                      - title: %4$s
                        link: [MLS Number]
                """.formatted(sheets.spreadsheetId(), sheets.uri(), folder.resolve("account.json"), sheets.tab());
    }

    private static Set<String> topics(KafkaAccess access) throws Exception {
        try (Admin admin = access.admin()) {
            Set<String> names =
                    new java.util.TreeSet<>(admin.listTopics().names().get());
            names.removeIf(name -> !name.startsWith(access.topics().prefix() + "."));
            return names;
        }
    }

    private static CommandLineRun doctor(Map<String, String> environment, String... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "doctor";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return CommandLineRun.of(environment, arguments);
    }
}
