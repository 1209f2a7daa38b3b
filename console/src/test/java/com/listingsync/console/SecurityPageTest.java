package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.topic.Topics;
import com.listingsync.console.acl.AccessRules;
import com.listingsync.console.acl.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/security.md says that each role may do with topics, against the rules that are given to Kafka. */
class SecurityPageTest {

    private static final Topics TOPICS = new Topics("listings", 4);
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @CsvSource({
        "PRODUCER,READ,1",
        "PRODUCER,WRITE,2",
        "PROCESSOR,READ,1",
        "PROCESSOR,WRITE,2",
        "SINK,READ,1",
        "SINK,WRITE,2",
        "CONSOLE,WRITE,2"
    })
    void saysWhichTopicsARoleMayUse(Role role, AclOperation operation, int column) throws IOException {
        String row = Files.readString(Pages.TOP.resolve("docs/security.md"))
                .lines()
                .filter(line -> line.startsWith("| " + role.name().toLowerCase(Locale.ROOT) + " |"))
                .findFirst()
                .orElseThrow();
        // What stands behind the topics is not ours to name.
        String cell = row.split(" \\| ")[column].split(";")[0];

        Set<String> onThePage =
                NAME.matcher(cell).results().map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));

        assertThat(onThePage).isEqualTo(allowed(role, operation));
    }

    private static Set<String> allowed(Role role, AclOperation operation) {
        return AccessRules.of(TOPICS).grants().stream()
                .filter(grant -> grant.role() == role
                        && grant.resource().resourceType() == ResourceType.TOPIC
                        && grant.resource().patternType() == PatternType.LITERAL
                        && grant.operations().contains(operation))
                .map(grant -> grant.resource().name())
                .map(name -> name.substring("listings.".length()).replaceAll("^source\\..*", "source.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
