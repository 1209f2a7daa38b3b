package com.listingsync.producer.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsFileTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "s3cret", "ID", "client", "KEY", "{}");

    @TempDir
    Path folder;

    @Test
    void readsTheSample() throws IOException {
        String sample;
        try (InputStream in = ConnectionsFileTest.class.getResourceAsStream("/connections.sample.yaml")) {
            sample = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Map<String, String> environment = Map.of(
                "TRREB_IDX_TOKEN", "a",
                "TRREB_VOW_TOKEN", "b",
                "TRESTLE_CLIENT_ID", "c",
                "TRESTLE_CLIENT_SECRET", "d",
                "GOOGLE_SERVICE_ACCOUNT", KeyFiles.right().toString());

        List<Connection> connections = ConnectionsFile.parse(sample, folder, environment);

        assertThat(connections)
                .extracting(Connection::name)
                .containsExactly("trreb-idx", "trreb-vow", "coastal-mls", "office-sheet");
        assertThat(connections.get(3).feeds()).containsExactly(new FeedName("office-sheet", "Listings"));
    }

    @Test
    void takesFromTheProfileWhatIsNotSaid() {
        Connection connection = only(mls("profile: mlsgrid", "feeds: {media: {}}"));

        MlsFeed media = feeds(connection).get(0);
        assertThat(media)
                .isEqualTo(new MlsFeed(
                        Entity.MEDIA,
                        "Media",
                        "MediaKey",
                        "MediaModificationTimestamp",
                        Paging.NEXT_LINK,
                        1_000,
                        new Polling(Duration.ofMinutes(5), Duration.ofMinutes(1)),
                        Duration.ofMinutes(10),
                        Optional.empty(),
                        new Sweeping(Optional.empty(), Duration.ofHours(24), 0.1, 10_000)));
        assertThat(connection.limits())
                .isEqualTo(new Limits(
                        OptionalInt.of(2), OptionalInt.empty(), OptionalInt.of(7_200), OptionalInt.of(40_000), 4));
        assertThat(connection.view()).isEqualTo(View.NONE);
    }

    @Test
    void takesWhatIsSaid() {
        Connection connection = only(mls("profile: reso", """
                owner: o
                    view: vow
                    limits: {per_second: 1, per_minute: 2, per_hour: 3, per_day: 4, concurrency: 5}
                    feeds:
                      rooms: {interval: 30s, min_interval: 10s, page_size: 50, sweep: 2h, sweep_grace: 3h, delete_brake: 5%, delete_limit: 7, overlap: 0s, paging: next-link, filter: a eq 1, resource: R, key: K, clock: C}
                """));

        assertThat(feeds(connection))
                .containsExactly(new MlsFeed(
                        Entity.ROOMS,
                        "R",
                        "K",
                        "C",
                        Paging.NEXT_LINK,
                        50,
                        new Polling(Duration.ofSeconds(30), Duration.ofSeconds(10)),
                        Duration.ZERO,
                        Optional.of("a eq 1"),
                        new Sweeping(Optional.of(Duration.ofHours(2)), Duration.ofHours(3), 0.05, 7)));
        assertThat(connection.limits())
                .isEqualTo(new Limits(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(3), OptionalInt.of(4), 5));
    }

    @Test
    void sweepsListingsDailyAndChildrenWeeklyUnlessToldOtherwise() {
        Connection connection = only(
                mls("profile: reso", "feeds: {property: {}, media: {}, rooms: {sweep: off}, openhouse: {sweep: 1h}}"));

        assertThat(feeds(connection))
                .extracting(
                        feed -> feed.sweeping().every().map(Duration::toHours).orElse(0L))
                .containsExactly(24L, 7 * 24L, 0L, 1L);
    }

    @Test
    void wantsTheShortestIntervalToBeShorter() {
        assertThatThrownBy(() -> only(mls("profile: reso", "feeds: {rooms: {interval: 30s, min_interval: 31s}}")))
                .hasMessageContaining("connections[0].feeds.rooms.min_interval: expected at most the interval");
        assertThatThrownBy(() -> only(mls("profile: reso", "feeds: {rooms: {min_interval: 0s}}")))
                .hasMessageContaining("connections[0].feeds.rooms.min_interval: expected more than zero");
    }

    @Test
    void readsPropertiesBeforeTheirChildrenHoweverTheyAreWritten() {
        Connection connection =
                only(mls("profile: reso", "feeds: {openhouse: {}, media: {}, property: {}, rooms: {}}"));

        assertThat(connection.feeds())
                .extracting(FeedName::feed)
                .containsExactly("property", "media", "rooms", "openhouse");
    }

    /** As a file of a secret has it, whose last line ends; and as somebody would have it who wants headers of his own in our requests. */
    @Test
    void takesATokenForAHeaderOnlyWhenItIsOneLine() {
        String yaml = """
                connections:
                  - {name: m, kind: mls, profile: reso, url: "https://h/", feeds: {property: {}}, auth: {token: "${TOKEN}"}}
                """;

        assertThat(ConnectionsFile.parse(yaml, folder, Map.of("TOKEN", " abc\n")))
                .hasSize(1);
        assertThatThrownBy(() -> ConnectionsFile.parse(yaml, folder, Map.of("TOKEN", "abc\r\nHost: evil.example.com")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "connections[0].auth.token: expected one line of letters, digits and punctuation, without blanks")
                .message()
                .doesNotContain("abc", "evil");
    }

    @Test
    void namesEveryProblemAtOnceByPlaceAndNeverAValue() {
        String yaml = """
                connections:
                  - name: a b
                    kind: mls
                    profile: ampere
                    url: ftp://secret@host
                    auth: {token: "${MISSING}"}
                    feeds: {media: {interval: soon, pagesize: 5}}
                  - name: x
                    kind: google-sheets
                    spreadsheet_id: s
                    tabs: []
                """;

        assertThatThrownBy(() -> ConnectionsFile.parse(yaml, folder, ENVIRONMENT))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .contains(
                                        "connections[0].profile: expected one of ampre, bridge, mlsgrid, reso, spark, trestle",
                                        "connections[0].url: expected an address such as https://host/path",
                                        "connections[0].auth.token: the environment variable MISSING is not set",
                                        "connections[0].feeds.media.interval: expected a duration such as 30s, 15m, 24h or 7d",
                                        "connections[0].feeds.media.pagesize: is not a known key; did you mean 'page_size'?",
                                        "connections[1].tabs: expected a list with at least one entry",
                                        "connections[1].auth: expected either service_account_file or service_account_json"))
                .message()
                .doesNotContain("secret@", "soon", "ampere");
    }

    @Test
    void refusesTwoConnectionsOfOneName() {
        String two = mls("profile: reso", "feeds: {property: {}}");

        assertThatThrownBy(() -> ConnectionsFile.parse(two + two.substring(two.indexOf('\n') + 1), folder, ENVIRONMENT))
                .hasMessageContaining("connections[1].name: is the same as connections[0].name; names must differ");
    }

    @Test
    void refusesTwoWaysOfAuthorisation() {
        assertThatThrownBy(() -> only("""
                        connections:
                          - name: a
                            kind: mls
                            profile: reso
                            url: https://h/o
                            auth: {token: t, oauth2: {token_url: "https://h/t", client_id: c, client_secret: s}}
                            feeds: {property: {}}
                        """)).hasMessage("connections[0].auth: expected either token or oauth2");
    }

    @Test
    void saysWhereTheYamlIsBrokenWithoutQuotingIt() {
        assertThatThrownBy(() -> ConnectionsFile.parse("connections:\n  - name: [secret\n", folder, ENVIRONMENT))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("line")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void saysThatTheFileIsMissing() {
        assertThatThrownBy(() -> ConnectionsFile.read(folder.resolve("none.yaml"), ENVIRONMENT))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("SYNC_CONNECTIONS: expected a connections file, but there is none at ");
    }

    @Test
    void keepsTheTokenOutOfWords() {
        assertThat(only(mls("profile: reso", "feeds: {property: {}}")).toString())
                .doesNotContain("s3cret");
    }

    private Connection only(String yaml) {
        return ConnectionsFile.parse(yaml, folder, ENVIRONMENT).get(0);
    }

    private static List<MlsFeed> feeds(Connection connection) {
        return connection.source().fold(MlsAccount::feeds, sheet -> List.of());
    }

    private static String mls(String profile, String rest) {
        return """
                connections:
                  - name: a
                    kind: mls
                    url: https://mls.example.com/odata
                    auth: {token: "${TOKEN}"}
                    %s
                    %s
                """.formatted(profile, rest);
    }
}
