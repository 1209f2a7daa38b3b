package com.listingsync.common.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsFileTest {

    private static final String YAML = """
            # Our accounts \ud83c\udfe0
            connections:
              - name: idx      # the first \ud83d\ude00
                auth:
                  token: plain-token   # of the MLS
                feeds: {property: {}}

              - {name: oauth, auth: {oauth2: {token_url: "https://h/t", client_id: "id", client_secret: 'it''s secret'}}}
              - name: env
                auth: {token: "${TOKEN}"}
              - name: sheet
                auth:
                  service_account_json: |
                    {
                      "private_key": "pem"
                    }

                # after the key
                tabs: [{title: A}]
            """;

    @TempDir
    Path folder;

    private final MasterKey key = MasterKey.of(MasterKey.random());
    private final MasterKey other = MasterKey.of(MasterKey.random());
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("connections.yaml"), YAML);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void findsTheSecretsThatStandAsTheyAre() {
        assertThat(SecretsFile.read(file).plain())
                .containsExactly(
                        "connections[0].auth.token",
                        "connections[1].auth.oauth2.client_secret",
                        "connections[3].auth.service_account_json");
    }

    @Test
    void sealsThemInPlaceAndKeepsEverythingElse() throws Exception {
        SecretsFile.read(file).seal(key).replace();

        String sealed = Files.readString(file);
        assertThat(sealed).doesNotContain("plain-token", "it''s secret", "pem");
        assertThat(sealed.replaceAll("\"sealed:v1:[^\"]+\"", "SEALED"))
                .isEqualTo(YAML.replace("plain-token", "SEALED")
                        .replace("'it''s secret'", "SEALED")
                        .replaceAll("(?s)\\|\\n.*?\\}\\n", "SEALED\n"));
        assertThat(SecretsFile.read(file).plain()).isEmpty();
        assertThat(SecretsFile.read(file).check(key)).isEmpty();
        assertThat(opened("connections[1].auth.oauth2.client_secret")).isEqualTo("it's secret");
        assertThat(opened("connections[3].auth.service_account_json")).isEqualTo("{\n  \"private_key\": \"pem\"\n}\n");
    }

    @Test
    void keepsThePermissionsAndLeavesNoOtherFile() throws IOException {
        SecretsFile.read(file).seal(key).replace();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void replacesTheFileThatALinkPointsAt() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);

        SecretsFile.read(link).seal(key).replace();

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readString(file)).contains("sealed:v1:");
    }

    @Test
    void sealsAllAnewUnderAnotherKey() throws IOException {
        SecretsFile.read(file).seal(key).replace();

        SecretsFile.read(file).rotate(key, other).replace();

        assertThat(SecretsFile.read(file).check(other)).isEmpty();
        assertThat(SecretsFile.read(file).check(key)).hasSize(3);
        assertThat(Files.readString(file)).contains("# after the key", "# of the MLS");
    }

    @Test
    void changesNothingWhenAnyValueDoesNotOpenAndNamesThemAll() throws IOException {
        SecretsFile.read(file).seal(key).replace();
        String sealed = Files.readString(file)
                .replace("${TOKEN}", "sealed:v1:00000000:AAAA")
                .replaceFirst("(client_secret: \"sealed:v1:........:)....", "$1AAAA");
        Files.writeString(file, sealed);

        assertThatThrownBy(() -> SecretsFile.read(file).rotate(key, other))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "connections[1].auth.oauth2.client_secret: is damaged, or was sealed for another place"
                                                + " than auth.oauth2.client_secret of connection oauth",
                                        "connections[2].auth.token: is sealed under master key 00000000, and the one given is "
                                                + key.id()));
        assertThat(Files.readString(file)).isEqualTo(sealed);
    }

    @Test
    void refusesToOverwriteWhatSomebodyElseWrote() throws IOException {
        SecretsFile sealed = SecretsFile.read(file).seal(key);
        Files.writeString(file, YAML + "# new\n");

        assertThatThrownBy(sealed::replace).hasMessageContaining("was changed meanwhile; nothing is written");
        assertThat(Files.readString(file)).endsWith("# new\n");
    }

    @Test
    void quotesNothingOfAFileThatIsNoYaml() throws IOException {
        Files.writeString(file, "connections:\n  - name: [s3cret\n");

        assertThatThrownBy(() -> SecretsFile.read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("line")
                .message()
                .doesNotContain("s3cret");
    }

    private String opened(String where) throws IOException, UnsealException {
        List<YamlText> texts = YamlTexts.of(Files.readString(file));
        YamlText text = texts.stream()
                .filter(each -> each.where().equals(where))
                .findFirst()
                .orElseThrow();
        assertThat(text.text()).matches(Pattern.compile("sealed:v1:.*"));
        return key.open(text.text(), text.place()).reveal();
    }
}
