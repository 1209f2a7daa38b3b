package com.listingsync.producer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.secret.MasterKey;
import com.listingsync.common.secret.SecretPlace;
import com.listingsync.common.secret.SecretPlace.Holder;
import com.listingsync.common.setting.Secret;
import com.listingsync.common.setting.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealedConnectionsTest {

    private static final Path FOLDER = Path.of("");

    private final Secret keyText = MasterKey.random();
    private final MasterKey key = MasterKey.of(keyText);
    private final Map<String, String> environment = Map.of("SYNC_MASTER_KEY", keyText.reveal());

    @Test
    void areOpenedForTheirOwnPlace() {
        String yaml = mls("a", key.seal(new Secret("t0ken"), new SecretPlace(Holder.CONNECTION, "a", "auth.token")));

        Connection connection = ConnectionsFile.parse("connections:\n" + yaml, FOLDER, environment)
                .get(0);

        assertThat(token(connection).reveal()).isEqualTo("t0ken");
        assertThat(connection.toString()).doesNotContain("t0ken");
    }

    @Test
    void areOpenedWhenTheyComeFromTheEnvironment() {
        String sealed = key.seal(new Secret("t0ken"), new SecretPlace(Holder.CONNECTION, "a", "auth.token"));

        Connection connection = ConnectionsFile.parse(
                        "connections:\n" + mls("a", "${SEALED}"),
                        FOLDER,
                        Map.of("SYNC_MASTER_KEY", keyText.reveal(), "SEALED", sealed))
                .get(0);

        assertThat(token(connection).reveal()).isEqualTo("t0ken");
    }

    @Test
    void areNotOpenedInAnotherConnection() {
        String copied = key.seal(new Secret("t0ken"), new SecretPlace(Holder.CONNECTION, "a", "auth.token"));

        assertThat(problems(mls("a", copied) + mls("b", copied), environment))
                .containsExactly(
                        "connections[1].auth.token: is damaged, or was sealed for another place than auth.token of"
                                + " connection b");
    }

    @Test
    void areAllNamedAtOnceBesideWhateverElseIsWrong() {
        MasterKey other = MasterKey.of(MasterKey.random());
        String foreign = other.seal(new Secret("t0ken"), new SecretPlace(Holder.CONNECTION, "a", "auth.token"));

        assertThat(problems(mls("a", foreign) + mls("b", "sealed:v1:cut") + mls("c", "${NONE}"), environment))
                .containsExactly(
                        "connections[0].auth.token: is sealed under master key " + other.id()
                                + ", and the one given is " + key.id(),
                        "connections[1].auth.token: is no sealed value of this version: expected sealed:v1:, 8 hex"
                                + " digits, a colon and base64url; it was cut off or changed",
                        "connections[2].auth.token: the environment variable NONE is not set");
    }

    @Test
    void askForTheMasterKeyOnce() {
        String a = key.seal(new Secret("t0ken"), new SecretPlace(Holder.CONNECTION, "a", "auth.token"));
        String b = key.seal(new Secret("t0ken"), new SecretPlace(Holder.CONNECTION, "b", "auth.token"));

        assertThat(problems(mls("a", a) + mls("b", b), Map.of()))
                .containsExactly(
                        "SYNC_MASTER_KEY: neither SYNC_MASTER_KEY nor SYNC_MASTER_KEY_FILE is set, and there are"
                                + " secrets to seal or to open");
    }

    private static List<String> problems(String connections, Map<String, String> environment) {
        try {
            ConnectionsFile.parse("connections:\n" + connections, FOLDER, environment);
        } catch (SettingsException e) {
            return e.problems();
        }
        return List.of();
    }

    private static Secret token(Connection connection) {
        return connection
                .source()
                .fold(
                        mls -> mls.auth().fold(Auth.Token::token, credentials -> new Secret("")),
                        sheet -> new Secret(""));
    }

    private static String mls(String name, String token) {
        return """
                  - name: %s
                    kind: mls
                    profile: reso
                    url: https://mls.example.com/odata
                    auth: {token: "%s"}
                    feeds: {property: {}}
                """.formatted(name, token);
    }
}
