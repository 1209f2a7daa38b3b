package com.listingsync.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTreeTest {

    private static final Map<String, String> NOWHERE = Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");

    @Test
    void listsEveryCommandWithASentence() {
        CommandLineRun run = CommandLineRun.of(Map.of(), "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("up ", "producer ", "processor ", "sink ", "console ", "sync ", "status ", "runs ", "topics ")
                .contains("Exit codes:", "0   done", "1   failed", "2   wrong usage or settings");
    }

    /** Its image has not what the others are made of. */
    @ParameterizedTest
    @ValueSource(strings = {"producer", "processor", "sink"})
    void makesNoOtherCommandForAService(String service) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Shell shell = new Shell(Map.of(), nowhere, nowhere, Terminal.PLAIN, Clock.systemUTC(), new StopSignal());

        assertThat(CommandTree.of(shell, "--debug", service, "--print-settings").getSubcommands())
                .containsOnlyKeys(service);
        assertThat(CommandTree.of(shell, "sync", service).getSubcommands()).containsKeys("sync", "up", service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "producer",
                "processor",
                "sink",
                "console",
                "samples",
                "sync",
                "status",
                "runs",
                "topics",
                "mapping",
                "reprocess",
                "dlq",
                "audit",
                "secrets",
                "settings",
                "meters",
                "version"
            })
    void explainsEachCommand(String command) {
        CommandLineRun run = CommandLineRun.of(Map.of(), command, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: ./listing-sync " + command);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void printsVersions() {
        CommandLineRun run = CommandLineRun.of(Map.of(), "version");

        assertThat(run.out()).contains("Listing Sync ", "Kafka client 4.", "Java ");
    }

    @Nested
    class OnWrongUsage {

        @Test
        void namesTheUnknownCommand() {
            CommandLineRun run = CommandLineRun.of(Map.of(), "prodcuer");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("'prodcuer'", "producer").doesNotContain("\tat ");
        }

        @Test
        void wantsACommand() {
            CommandLineRun run = CommandLineRun.of(Map.of());

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).isEqualTo("listing-sync: a command is missing\nTry './listing-sync --help'.\n");
        }

        @Test
        void wantsConnectionsForRealSources() {
            CommandLineRun run = CommandLineRun.of(Map.of(), "up", "--no-sample");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("--no-sample and --connections FILE belong together");
        }

        @ParameterizedTest
        @ValueSource(strings = {"sometimes", "0", "65530", "-1"})
        void wantsPortsThatExist(String ports) {
            CommandLineRun run = CommandLineRun.of(Map.of(), "up", "--ports=" + ports);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("--ports: expected 'auto' or a first port from 1 to ");
        }
    }

    @Nested
    class OnWrongSettings {

        @Test
        void namesAllProblemsOfTheSinkAtOnce() {
            CommandLineRun run = CommandLineRun.of(Map.of("SYNC_BATCH_SIZE", "many", "SYNC_HTTP_PORT", "x"), "sink");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains(
                            "KAFKA_BOOTSTRAP_SERVERS is not set",
                            "SUPABASE_URL is not set",
                            "SUPABASE_SERVICE_ROLE_KEY is not set",
                            "SYNC_BATCH_SIZE: expected a number",
                            "SYNC_HTTP_PORT: expected a number")
                    .doesNotContain("many")
                    .doesNotContain("\tat ");
        }

        @Test
        void namesTheMissingConnectionsFile() {
            CommandLineRun run = CommandLineRun.of(
                    Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1", "SYNC_CONNECTIONS", "/nowhere/connections.yaml"),
                    "producer");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("/nowhere/connections.yaml").doesNotContain("\tat ");
        }

        @Test
        void refusesPropertiesThatGuaranteesDependOn() {
            CommandLineRun run = CommandLineRun.of(
                    Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1", "KAFKA_ACKS", "0"), "topics", "apply");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("KAFKA_ACKS: this property is decided by Listing Sync");
        }

        @Test
        void hidesSecretsWhenItPrintsSettings() {
            CommandLineRun run = CommandLineRun.of(
                    Map.of(
                            "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                            "SUPABASE_URL", "https://abc.supabase.co",
                            "SUPABASE_SERVICE_ROLE_KEY", "planted-secret"),
                    "sink",
                    "--print-settings");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .contains("KAFKA_BOOTSTRAP_SERVERS=kafka:9092\n", "SUPABASE_SERVICE_ROLE_KEY=***\n")
                    .doesNotContain("planted-secret");
        }

        @Test
        void saysThatKafkaDoesNotAnswer() {
            CommandLineRun run = CommandLineRun.of(NOWHERE, "status");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .contains("is it running at 127.0.0.1:1?")
                    .doesNotContain("\tat ")
                    .hasLineCount(1);
        }

        @Test
        void namesAnAddressThatIsNone() {
            CommandLineRun run =
                    CommandLineRun.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "no such host:9092"), "topics", "apply");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("KAFKA_BOOTSTRAP_SERVERS").doesNotContain("\tat ");
        }
    }

    @Nested
    class OnASyncThatCanNotBe {

        @ParameterizedTest
        @ValueSource(strings = {"--keys=", "--keys=A1,,A2", "--keys= ", "--keys=A1, "})
        void wantsKeysThatAreSome(String keys) {
            CommandLineRun run = CommandLineRun.of(NOWHERE, "sync", keys);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("--keys: expected listing keys").hasLineCount(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"--idx=yes", "--everything", "now", "--connection", "--owner"})
        void wantsSwitchesThatThereAre(String argument) {
            CommandLineRun run = CommandLineRun.of(NOWHERE, "sync", argument);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains(argument.replace("=yes", "")).doesNotContain("\tat ");
        }

        @Test
        void wantsOnePlaceToTalkTo() {
            CommandLineRun run = CommandLineRun.of(Map.of(), "sync", "--data", "x", "--bootstrap", "127.0.0.1:1");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("--data and --bootstrap name two places");
        }

        @Test
        void saysThatKafkaDoesNotAnswer() {
            CommandLineRun run = CommandLineRun.of(Map.of(), "sync", "--bootstrap", "127.0.0.1:1");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .contains("Kafka did not answer in time; is it running at 127.0.0.1:1?")
                    .hasLineCount(1);
        }

        @Test
        void fitsItsHelpIntoEightyColumns() {
            assertThat(CommandLineRun.of(Map.of(), "sync", "--help").out().lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        }
    }

    @Nested
    class OnADataFolder {

        @TempDir
        Path temporary;

        @Test
        void saysThatNoUpIsRunning() {
            CommandLineRun run = CommandLineRun.of(Map.of(), "runs", "--data", temporary.toString());

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("no 'up' is running on " + temporary);
        }

        @Test
        void refusesOneOfAnotherVersion() throws IOException {
            Files.writeString(temporary.resolve("version"), "0\n");

            CommandLineRun run = up(temporary);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains("made by another version of Listing Sync")
                    .hasLineCount(1);
        }

        @Test
        void refusesOneThatIsNotOurs() throws IOException {
            Files.writeString(temporary.resolve("thesis.txt"), "precious");

            CommandLineRun run = up(temporary);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("holds files that are not ours").hasLineCount(1);
        }

        @Test
        void refusesAFile() throws IOException {
            Path file = Files.createFile(temporary.resolve("file"));

            CommandLineRun run = up(file);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("expected a folder, found a file").hasLineCount(1);
        }

        @Test
        void refusesOneItMayNotWrite() throws IOException {
            Assumptions.assumeFalse(System.getProperty("user.name").equals("root"), "root may write everywhere");
            Path locked = Files.createDirectory(
                    temporary.resolve("locked"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));

            CommandLineRun run = up(locked.resolve("data"));

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("no permission to write").hasLineCount(1);
        }

        @Test
        void namesATakenPort() throws IOException {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                // POSTGRES is the fourth of the ports.
                int base = taken.getLocalPort() - 3;

                CommandLineRun run = up(temporary.resolve("data"), "--ports", Integer.toString(base));

                assertThat(run.exitCode()).isEqualTo(2);
                assertThat(run.err())
                        .contains("--ports: port " + taken.getLocalPort() + " for postgres is taken")
                        .doesNotContain("\tat ");
            }
        }

        private static CommandLineRun up(Path data, String... more) {
            String[] arguments = new String[more.length + 6];
            String[] first = {"up", "--once", "--listings", "20", "--data", data.toString()};
            System.arraycopy(first, 0, arguments, 0, first.length);
            System.arraycopy(more, 0, arguments, first.length, more.length);
            return CommandLineRun.of(Map.of(), arguments);
        }
    }
}
