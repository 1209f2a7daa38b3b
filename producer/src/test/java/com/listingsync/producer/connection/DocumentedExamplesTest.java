package com.listingsync.producer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/connections.md shows works as it stands there. */
class DocumentedExamplesTest {

    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(connections:.*?)```", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("(\\w+: *\"?)?\\$\\{(\\w+)}");
    private static final Pattern MASTER_KEY = Pattern.compile("master key `([A-Za-z0-9+/=]{44})`");

    private final String page = page();

    @Test
    void readsEveryExample() {
        List<String> examples = examples();

        assertThat(examples).hasSizeGreaterThan(1);
        assertThat(examples)
                .allSatisfy(yaml -> assertThat(ConnectionsFile.parse(yaml, Path.of(""), environment(yaml)))
                        .isNotEmpty());
    }

    @Test
    void showsOneOfEveryProfile() {
        Set<Profile> shown = EnumSet.noneOf(Profile.class);
        for (String yaml : examples()) {
            ConnectionsFile.parse(yaml, Path.of(""), environment(yaml))
                    .forEach(connection ->
                            connection.source().fold(mls -> shown.add(mls.profile()), spreadsheet -> true));
        }

        assertThat(shown).containsExactly(Profile.values());
    }

    @Test
    void opensTheSealedExampleUnderTheKeyThatIsShown() {
        String sealed = examples().stream()
                .filter(yaml -> yaml.contains("sealed:v1:"))
                .findFirst()
                .orElseThrow();

        Connection connection =
                ConnectionsFile.parse(sealed, Path.of(""), environment(sealed)).get(0);

        MlsAccount account = (MlsAccount) connection.source();
        assertThat(((Auth.Token) account.auth()).token().reveal()).isEqualTo("an-example-token");
    }

    private List<String> examples() {
        List<String> examples = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(page);
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        return examples;
    }

    private Map<String, String> environment(String yaml) {
        Map<String, String> environment = new HashMap<>();
        Matcher references = REFERENCE.matcher(yaml);
        while (references.find()) {
            boolean keyFile = references.group(0).startsWith("service_account_json");
            environment.put(references.group(2), keyFile ? KeyFiles.right().toString() : "any");
        }
        Matcher key = MASTER_KEY.matcher(page);
        if (key.find()) {
            environment.put("SYNC_MASTER_KEY", key.group(1));
        }
        return environment;
    }

    private static String page() {
        try {
            return Files.readString(Path.of("..", "docs", "connections.md"));
        } catch (IOException e) {
            throw new IllegalStateException("the tests run in the module's folder", e);
        }
    }
}
