package com.listingsync.console.command;

import com.listingsync.console.deadletter.Causes;
import com.listingsync.console.deadletter.LetterText;
import com.listingsync.console.shell.Shell;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlq explain}. Confined to the main thread. */
@Command(
        name = "explain",
        description = "Says in words what a code means and what usually fixes it; every code there is, without one.",
        footer = {"  ./listing-sync dlq explain 22P02", "  ./listing-sync dlq explain too-large --stage producer"})
final class DlqExplainCommand implements Runnable {

    private final Shell shell;

    @Parameters(arity = "0..1", paramLabel = "CODE", description = "A code, as 'dlq list' and 'dlq stats' show it.")
    private @Nullable String code;

    @Option(names = "--stage", paramLabel = "STAGE", description = "The stage that says so, where several do.")
    private @Nullable String stage;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    DlqExplainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        List<Causes.Cause> causes = code == null ? Causes.all() : Causes.meanings(stage, code);
        if (json) {
            shell.print(Causes.json(causes).toPrettyString());
            return;
        }
        for (Causes.Cause cause : causes) {
            shell.print("code      " + cause.code() + (cause.stage().isEmpty() ? "" : " (" + cause.stage() + ")"));
            shell.print(LetterText.explained(cause));
            if (causes.size() > 1) {
                shell.print("");
            }
        }
    }
}
