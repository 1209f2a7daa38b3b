package com.listingsync.console.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.listingsync.common.wire.Json;
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

/** {@code topics list}. Confined to the main thread. */
@Command(
        name = "list",
        description = {
            "Lists every topic of the catalogue: size, how long records stay, how far each consumer group is behind, and what"
                    + " contradicts the catalogue.",
            "",
            "Records and lag are counted in offsets, which also number the ends of transactions and what was compacted away."
        },
        footer = {"  ./listing-sync topics list", "  ./listing-sync topics list --bootstrap kafka:9092 --json"})
final class TopicsListCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    TopicsListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        KafkaAccess access = target.kafka(shell);
        try (Admin admin = access.admin()) {
            List<TopicState> topics =
                    new TopicInventory(admin).of(access.topics().all());
            if (json) {
                ArrayNode array = Json.MAPPER.createArrayNode();
                topics.forEach(topic -> array.add(topic.json(false)));
                shell.print(array.toPrettyString());
            } else {
                shell.print(TopicText.list(topics, shell.paint()));
            }
        }
    }
}
