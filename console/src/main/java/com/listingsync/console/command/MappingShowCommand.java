package com.listingsync.console.command;

import com.listingsync.common.event.View;
import com.listingsync.common.mapping.ColumnMapping;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.MappingCheck;
import com.listingsync.common.mapping.TableMapping;
import com.listingsync.console.mapping.MappingColumns;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.TextTable;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mapping show}. Confined to the main thread. */
@Command(
        name = "show",
        description = "Prints the default mapping, to begin one's own with.",
        footer = {"  ./listing-sync mapping show", "  ./listing-sync mapping show --columns"})
final class MappingShowCommand implements Runnable {

    private final Shell shell;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "With --columns: a mapping file; the default mapping when left out.")
    private Path file = Path.of("");

    @Option(names = "--schema", description = "Print the JSON Schema of mapping files instead, for an editor.")
    private boolean schema;

    @Option(
            names = "--columns",
            description =
                    "List the columns instead: table, name, type, and whether it is for registered clients only (vow).")
    private boolean columns;

    @Option(names = "--json", description = "With --columns: print a JSON array.")
    private boolean json;

    MappingShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (columns) {
            list(Mapping.load(file));
            return;
        }
        if (json || !file.toString().isEmpty()) {
            throw new WrongUsage("FILE and --json go with --columns");
        }
        shell.out().print(schema ? MappingCheck.schema() : Mapping.standardText());
        shell.out().flush();
    }

    private void list(Mapping mapping) {
        TextTable table = new TextTable("table", "column", "type", "view");
        for (TableMapping mapped : mapping.tables()) {
            for (ColumnMapping column : mapped.columns()) {
                String view = column.view() == View.VOW ? "vow" : "";
                table.row(List.of(
                        mapped.layout().name(), column.name(), column.type().wireName(), view));
            }
        }
        if (json) {
            shell.out().println(MappingColumns.json(mapping).toPrettyString());
        } else {
            table.lines().forEach(shell.out()::println);
        }
    }
}
