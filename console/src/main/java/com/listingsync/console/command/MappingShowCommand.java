package com.listingsync.console.command;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.MappingCheck;
import com.listingsync.console.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mapping show}. Confined to the main thread. */
@Command(
        name = "show",
        description = "Prints the default mapping, to begin one's own with: ./listing-sync mapping show > mapping.yaml")
final class MappingShowCommand implements Runnable {

    private final Shell shell;

    @Option(names = "--schema", description = "Print the JSON Schema of mapping files instead, for an editor.")
    private boolean schema;

    MappingShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        shell.out().print(schema ? MappingCheck.schema() : Mapping.standardText());
        shell.out().flush();
    }
}
