package com.listingsync.producer.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.event.Link;
import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpreadsheetSectionTest {

    @TempDir
    Path folder;

    @Test
    void readsWhatIsSaidOfATab() {
        Spreadsheet sheet = read("auth: {token: t}", """
                - title: Listings
                          feed: main
                          header_row: 3
                          key: [Ref]
                          link: [MLS]
                          link_by: listing_id
                          dates: [Listed]
                          times: Last Call
                          ignore: [Now]
                          formula_errors: blank
                          columns: {Price: [Asking, Ask], City: Town}
                """);

        assertThat(sheet.tabs())
                .containsExactly(new SheetTab(
                        "main",
                        "Listings",
                        OptionalInt.of(3),
                        new SheetColumns(
                                List.of("Ref"),
                                List.of("MLS"),
                                Link.LISTING_ID,
                                List.of("Listed"),
                                List.of("Last Call"),
                                List.of("Now"),
                                Map.of("Price", List.of("Asking", "Ask"), "City", List.of("Town"))),
                        FormulaErrors.BLANK));
    }

    @Test
    void takesTheUsualForWhatIsNotSaid() {
        SheetTab tab = read("auth: {token: t}", "- title: A").tabs().get(0);

        assertThat(tab.headerRow()).isEmpty();
        assertThat(tab.formulaErrors()).isEqualTo(FormulaErrors.REFUSE);
        assertThat(tab.columns().linkBy()).isEqualTo(Link.LISTING_KEY);
        assertThat(tab.columns().key()).contains("Property Number");
    }

    @Test
    void refusesWordsThatItDoesNotKnow() {
        assertThatThrownBy(() -> read("auth: {token: t}", "- {title: A, link_by: mls, formula_errors: hide}"))
                .hasMessageContaining("connections[0].tabs[0].link_by: expected one of listing_id, listing_key")
                .hasMessageContaining("connections[0].tabs[0].formula_errors: expected one of blank, refuse");
    }

    @Test
    void readsAKeyFileBesideTheConnectionsFile() throws IOException {
        String json = KeyFiles.right().toString();
        Files.writeString(folder.resolve("key.json"), json);

        Spreadsheet sheet = read("auth: {service_account_file: key.json}", "- title: A");

        assertThat(key(sheet).json().reveal()).isEqualTo(json);
        assertThat(key(sheet).email()).isEqualTo("reader@listings-1.iam.gserviceaccount.example");
        assertThat(sheet.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void readsAKeyFromTheEnvironmentOrThePathThatStandsThere() throws IOException {
        Path file = Files.writeString(
                folder.resolve("elsewhere.json"), KeyFiles.right().toString());
        Map<String, String> environment =
                Map.of("KEY", KeyFiles.right().toPrettyString(), "GOOGLE_APPLICATION_CREDENTIALS", file.toString());

        assertThat(key(read("auth: {service_account_json: \"${KEY}\"}", "- title: A", environment))
                        .project())
                .isEqualTo("listings-1");
        assertThat(key(read(
                                "auth: {service_account_file: \"${GOOGLE_APPLICATION_CREDENTIALS}\"}",
                                "- title: A",
                                environment))
                        .project())
                .isEqualTo("listings-1");
    }

    static Stream<Arguments> wrongKeys() {
        return Stream.of(
                Arguments.of(
                        "s3cret-no-json", "this is not JSON (for the path of a file there is service_account_file)"),
                Arguments.of(
                        "{\"type\":\"authorized_user\",\"x\":\"s3cret\"}", "this one is of a person's own account"),
                Arguments.of("{\"type\":\"s3cret\"}", "its type is not service_account"),
                Arguments.of(KeyFiles.right().put("client_email", "").toString(), "client_email is missing"),
                Arguments.of(KeyFiles.right().without("private_key").toString(), "private_key is missing"),
                Arguments.of(
                        KeyFiles.right()
                                .put("private_key", "-----BEGIN PRIVATE KEY-----\nczNjcmV0\n-----END PRIVATE KEY-----")
                                .toString(),
                        "private_key is damaged or cut off"));
    }

    @ParameterizedTest
    @MethodSource("wrongKeys")
    void saysInOneSentenceWhatIsWrongWithAKeyAndOfWhichConnection(String key, String words) {
        Map<String, String> environment = Map.of("KEY", key);

        assertThatThrownBy(() -> read("auth: {service_account_json: \"${KEY}\"}", "- title: A", environment))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .startsWith(
                                        "connections[0].auth.service_account_json: expected a service account's key file")
                                .contains(words)
                                .endsWith("(connection office)")
                                .doesNotContain("s3cret", "czNjcmV0", "PRIVATE KEY"));
    }

    @Test
    void saysThatThereIsNoKeyFile() {
        assertThatThrownBy(() -> read("auth: {service_account_file: none.json}", "- title: A"))
                .hasMessage("connections[0].auth.service_account_file: expected a readable file, found none at the path"
                        + " given (connection office)");
    }

    private Spreadsheet read(String auth, String tabs) {
        return read(auth, tabs, Map.of());
    }

    private Spreadsheet read(String auth, String tabs, Map<String, String> environment) {
        Connection connection = ConnectionsFile.parse("""
                connections:
                  - name: office
                    kind: google-sheets
                    spreadsheet_id: id
                    %s
                    tabs:
                        %s
                """.formatted(auth, tabs), folder, environment)
                .get(0);
        return (Spreadsheet) connection.source();
    }

    private static ServiceAccountKey key(Spreadsheet sheet) {
        return ((SheetCredentials.ServiceAccount) sheet.credentials()).key();
    }
}
