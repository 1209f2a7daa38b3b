package com.listingsync.console.command;

import com.listingsync.console.kafka.TopicChange;
import com.listingsync.console.shell.Shell;
import java.util.concurrent.Callable;
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
        TopicChange change = TopicChange.apply(target.kafka(shell));
        if (json) {
            shell.print(change.json().toPrettyString());
        } else {
            change.created().forEach(name -> shell.print("created " + name));
            change.contradictions().forEach(shell.err()::println);
            if (change.contradictions().isEmpty()) {
                shell.print(change.topics() + " topics are as they must be");
            }
        }
        return change.contradictions().isEmpty() ? 0 : Failures.FAILED;
    }
}
