package com.listingsync.console.command;

import com.listingsync.common.topic.TopicSpec;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.TextTable;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code topics list}. Confined to the main thread. */
@Command(name = "list", description = "Lists every topic of the catalogue: its name, key, value and policy.")
final class TopicsListCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    TopicsListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        KafkaAccess access = target.kafka(shell);
        TextTable table = new TextTable("topic", "partitions", "cleanup", "key", "value");
        for (TopicSpec topic : access.topics().all()) {
            table.row(List.of(
                    topic.name(),
                    Integer.toString(topic.partitions()),
                    topic.config().getOrDefault("cleanup.policy", ""),
                    topic.key(),
                    topic.value()));
        }
        table.lines().forEach(shell.out()::println);
    }
}
