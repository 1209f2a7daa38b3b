package com.listingsync.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.console.shell.Keyboard;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsCommandsTest {

    private static final String YAML = """
            connections:
              - name: idx
                kind: mls
                profile: reso
                url: https://mls.example.com/odata
                auth: {token: t0p-s3cret}   # from the board
                feeds: {property: {}}
            """;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> prompts = new ArrayList<>();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("connections.yaml"), YAML);
        environment.put("SYNC_MASTER_KEY", run("", "secrets", "new-key").out().strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"new-key", "seal", "unseal-check", "rotate"})
    void explainThemselves(String command) {
        CommandLineRun run = run("", "secrets", command, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: ./listing-sync secrets " + command);
    }

    @Test
    void sealOneSecretThatIsAskedFor() throws IOException {
        CommandLineRun run = run("t0p-s3cret", "secrets", "seal", "--connection", "idx", "--key", "auth.token");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("sealed:v1:[0-9a-f]{8}:[A-Za-z0-9_-]+\\R");
        assertThat(run.err()).isEmpty();
        assertThat(prompts).containsExactly("Secret for auth.token of connection idx: ");
        Files.writeString(file, YAML.replace("t0p-s3cret", '"' + run.out().strip() + '"'));
        assertThat(run("", "secrets", "unseal-check", "--file", file.toString()).out())
                .isEqualToIgnoringNewLines("opens connections[0].auth.token");
    }

    @Test
    void sealAFileCheckItAndRotateIt() throws IOException {
        environment.put("SYNC_CONNECTIONS", file.toString());
        String next = run("", "secrets", "new-key").out().strip();

        CommandLineRun sealed = run("", "secrets", "seal", "--file", file.toString());
        CommandLineRun checked = run("", "secrets", "unseal-check");
        environment.put("SYNC_NEW_MASTER_KEY", next);
        CommandLineRun rotated = run("", "secrets", "rotate");
        CommandLineRun withTheOldKey = run("", "secrets", "unseal-check");
        environment.put("SYNC_MASTER_KEY", next);
        CommandLineRun withTheNewKey = run("", "secrets", "unseal-check");

        assertThat(List.of(sealed, checked, rotated, withTheNewKey))
                .allSatisfy(run -> assertThat(run.exitCode()).isZero());
        assertThat(sealed.out()).isEqualToIgnoringNewLines("sealed connections[0].auth.token");
        assertThat(withTheOldKey.exitCode()).isEqualTo(2);
        assertThat(withTheOldKey.err())
                .startsWith("listing-sync: connections[0].auth.token: is sealed under master key ");
        assertThat(Files.readString(file)).contains("# from the board").doesNotContain("t0p-s3cret");
        assertThat(List.of(sealed, checked, rotated, withTheOldKey, withTheNewKey)
                        .toString())
                .doesNotContain("t0p-s3cret", next);
    }

    @Test
    void makeAKeyFileThatOnlyItsOwnerCanRead() throws IOException {
        Path key = folder.resolve("master.key");

        CommandLineRun made = run("", "secrets", "new-key", "--out", key.toString());
        CommandLineRun again = run("", "secrets", "new-key", "--out", key.toString());
        environment.remove("SYNC_MASTER_KEY");
        environment.put("SYNC_MASTER_KEY_FILE", key.toString());
        CommandLineRun sealed = run("x", "secrets", "seal", "--connection", "a", "--key", "auth.token");

        assertThat(made.out()).isEqualToIgnoringNewLines(key.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("is there already; a key is never overwritten");
        assertThat(sealed.exitCode()).isZero();
    }

    @Test
    void endWithTwoAndOneSentenceOnWrongUsage() {
        environment.remove("SYNC_MASTER_KEY");

        assertThat(run("", "secrets").exitCode()).isEqualTo(2);
        assertThat(run("", "secrets", "seal").exitCode()).isEqualTo(2);
        assertThat(run("", "secrets", "rotate").err())
                .contains("say which connections file: give --file, or set SYNC_CONNECTIONS");
        CommandLineRun keyless = run("x", "secrets", "seal", "--connection", "a", "--key", "auth.token");
        assertThat(keyless.exitCode()).isEqualTo(2);
        assertThat(keyless.err().lines())
                .containsExactly(
                        "listing-sync: SYNC_MASTER_KEY: neither SYNC_MASTER_KEY nor SYNC_MASTER_KEY_FILE is set,"
                                + " and there are secrets to seal or to open");
        environment.put("SYNC_MASTER_KEY", "t0p-s3cret");
        assertThat(run("x", "secrets", "unseal-check", "--file", file.toString())
                        .err())
                .contains("expected a master key, 32 bytes in base64")
                .doesNotContain("t0p-s3cret");
    }

    @Test
    void takeNoSecretFromAnArgument() {
        CommandLineRun run = run("", "secrets", "seal", "--connection", "a", "--key", "auth.token", "t0p-s3cret");

        assertThat(run.exitCode()).isEqualTo(2);
    }

    private CommandLineRun run(String secret, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Keyboard input = prompt -> {
            prompts.add(prompt);
            return secret;
        };
        Shell shell = new Shell(
                environment,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Terminal.PLAIN,
                Clock.systemUTC(),
                new StopSignal(),
                input);
        int exitCode = CommandTree.of(shell).execute(arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }
}
