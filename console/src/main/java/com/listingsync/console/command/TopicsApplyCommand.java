package com.listingsync.console.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.wire.Json;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics apply}. Confined to the main thread. */
@Command(
        name = "apply",
        description =
                "Creates the topics that are missing, checks the others, and exits 1 when one contradicts the catalogue.",
        footer = {"  ./listing-sync topics apply"})
final class TopicsApplyCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Option(names = "--json", description = "Print a JSON object: topics, created[], contradictions[].")
    private boolean json;

    TopicsApplyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        KafkaAccess access = target.kafka(shell);
        try (Admin admin = access.admin()) {
            TopicAdmin topics = new TopicAdmin(admin);
            short replication = (short) access.settings().topicReplication();
            List<String> created = topics.createMissing(access.topics().all(), replication);
            List<String> problems = topics.contradictions(access.topics().all());
            if (json) {
                print(access, created, problems);
            } else {
                created.forEach(name -> shell.print("created " + name));
                problems.forEach(shell.err()::println);
                if (problems.isEmpty()) {
                    shell.print(access.topics().all().size() + " topics are as they must be");
                }
            }
            return problems.isEmpty() ? 0 : Failures.FAILED;
        }
    }

    private void print(KafkaAccess access, List<String> created, List<String> problems) {
        ObjectNode result = Json.MAPPER
                .createObjectNode()
                .put("topics", access.topics().all().size());
        created.forEach(result.putArray("created")::add);
        problems.forEach(result.putArray("contradictions")::add);
        shell.print(result.toPrettyString());
    }
}
