package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}. Confined to the main thread. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which a shell completes commands and options.",
            "",
            "In bash: source <(./listing-sync completion bash). In zsh the same with zsh. For every new shell, put that line"
                    + " into ~/.bashrc or ~/.zshrc, with the whole path of the command."
        },
        footer = {"  ./listing-sync completion bash", "  ./listing-sync completion zsh"})
final class CompletionCommand implements Runnable {

    /** Shells look a command up by its last name, wherever it stands. */
    private static final String NAME = "listing-sync";

    /** Of zsh, bash's way to complete must be asked for first. */
    private static final String ZSH_HEAD = "autoload -Uz compinit bashcompinit && compinit -u && bashcompinit\n";

    private enum Kind {
        bash,
        zsh
    }

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command.
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "The shell: ${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.bash;

    CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (kind == Kind.zsh) {
            shell.out().print(ZSH_HEAD);
        }
        shell.out().print(AutoComplete.bash(NAME, spec.root().commandLine()));
        shell.out().flush();
    }
}
