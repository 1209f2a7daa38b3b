package com.listingsync.console.command;

import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code topics apply}. Confined to the main thread. */
@Command(
        name = "apply",
        description =
                "Creates the topics that are missing, checks the others, and exits 1 when one contradicts the catalogue.")
final class TopicsApplyCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    TopicsApplyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        KafkaAccess access = target.kafka(shell);
        try (Admin admin = access.admin()) {
            TopicAdmin topics = new TopicAdmin(admin);
            short replication = (short) access.settings().topicReplication();
            topics.createMissing(access.topics().all(), replication)
                    .forEach(name -> shell.out().println("created " + name));
            List<String> problems = topics.contradictions(access.topics().all());
            problems.forEach(shell.err()::println);
            if (problems.isEmpty()) {
                shell.out().println(access.topics().all().size() + " topics are as they must be");
            }
            return problems.isEmpty() ? 0 : Failures.FAILED;
        }
    }
}
