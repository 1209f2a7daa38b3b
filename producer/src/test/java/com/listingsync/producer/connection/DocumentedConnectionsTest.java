package com.listingsync.producer.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every connections file that docs/connections.md shows. */
class DocumentedConnectionsTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(connections:\n.*?)```", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z_]+)}");

    @TempDir
    Path folder;

    @Test
    void isReadWithoutAProblemAndThereIsOneForEveryProfile() throws IOException {
        Set<Profile> profiles = new TreeSet<>();
        for (String example : examples()) {
            for (Connection connection : ConnectionsFile.parse(example, folder, environment(example))) {
                connection.source().fold(mls -> profiles.add(mls.profile()), spreadsheet -> true);
            }
        }

        assertThat(profiles).containsExactly(Profile.values());
    }

    private static List<String> examples() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "connections.md"));
        List<String> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(page);
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        return examples;
    }

    private static Map<String, String> environment(String example) {
        Map<String, String> environment = new HashMap<>();
        Matcher matcher = REFERENCE.matcher(example);
        while (matcher.find()) {
            environment.put(matcher.group(1), "a value");
        }
        return environment;
    }
}
