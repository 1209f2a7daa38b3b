package com.listingsync.console.command;

import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.TopicInventory;
import com.listingsync.console.kafka.TopicState;
import com.listingsync.console.kafka.TopicText;
import com.listingsync.console.shell.Shell;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code topics describe}. Confined to the main thread. */
@Command(
        name = "describe",
        description = "Shows one topic: what it is for, its settings and partitions, and how far its readers are.",
        footer = {"  ./listing-sync topics describe rows", "  ./listing-sync topics describe listings.sync.runs --json"
        })
final class TopicsDescribeCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Parameters(paramLabel = "TOPIC", description = "Its name, with or without the prefix.")
    private String name = "";

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    TopicsDescribeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        KafkaAccess access = target.kafka(shell);
        TopicSpec spec = wanted(access.topics());
        try (Admin admin = access.admin()) {
            TopicState topic = new TopicInventory(admin).of(List.of(spec)).get(0);
            if (json) {
                shell.print(topic.json(true).toPrettyString());
            } else {
                shell.print(TopicText.describe(topic, shell.paint()));
            }
        }
    }

    private TopicSpec wanted(Topics topics) {
        return topics.named(name)
                .orElseThrow(() -> new WrongUsage("there is no topic '" + name
                        + "' in the catalogue; './listing-sync topics list'" + " lists them"));
    }
}
