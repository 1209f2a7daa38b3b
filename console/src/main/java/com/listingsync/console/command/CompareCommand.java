package com.listingsync.console.command;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.console.compare.CompareHtml;
import com.listingsync.console.compare.CompareReport;
import com.listingsync.console.compare.CompareRequest;
import com.listingsync.console.compare.CompareText;
import com.listingsync.console.compare.OldSide;
import com.listingsync.console.compare.ProjectComparison;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.Screen;
import com.listingsync.console.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code compare}. Confined to the main thread. */
@Command(
        name = "compare",
        description =
                "Compares the tables of an older sync with those of this one: missing and extra rows, and what differs, column by"
                        + " column. Numbers are compared by value, times by moment, JSON whatever the order of its fields.",
        sortOptions = false,
        footer = {
            "  ./listing-sync compare --against \"shadow.*\"",
            "  ./listing-sync compare --against old_listings --table properties --map listing_key=mls_number",
            "  ./listing-sync compare --against https://old.supabase.co --against-key-env OLD_KEY --report compare.html",
            "  SUPABASE_SCHEMA=shadow ./listing-sync compare --against \"public.*\" --sample 1000 --json"
        },
        exitCodeList = {"0:the same", "1:a difference, or it could not be found out", "2:wrong usage or settings"})
final class CompareCommand implements Callable<Integer> {

    private static final String URL = "SUPABASE_URL";

    private final Shell shell;

    @Mixin
    private final Target deployment = new Target();

    @Option(
            names = "--against",
            required = true,
            paramLabel = "TABLE|URL",
            description =
                    "The old rows: a table of the same project, SCHEMA.TABLE, SCHEMA.* for all tables, or the address of another"
                            + " Supabase project.")
    private String against = "";

    @Option(
            names = "--against-key-env",
            paramLabel = "NAME",
            defaultValue = "",
            description = "With an address: the environment variable that holds a key of it.")
    private String keyVariable = "";

    @Option(
            names = "--against-key-file",
            paramLabel = "FILE",
            defaultValue = "",
            description = "With an address: the file that holds a key of it.")
    private String keyFile = "";

    @Option(
            names = "--against-rest-path",
            paramLabel = "PATH",
            defaultValue = "/rest/v1",
            description = "With an address: path of its REST interface (default: ${DEFAULT-VALUE}).")
    private String restPath = "";

    @Option(
            names = "--against-schema",
            paramLabel = "SCHEMA",
            defaultValue = "",
            description = "Schema of the old tables; left out, the first that the project exposes.")
    private String schema = "";

    @Option(
            names = "--table",
            split = ",",
            paramLabel = "TABLE",
            description = "Only these new tables, comma-separated; left out, all of the mapping.")
    private List<String> tables = List.of();

    @Option(
            names = "--key",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns of the new table that name a row; left out, its key in the mapping.")
    private List<String> keys = List.of();

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COLUMN",
            description = "Compare only these; left out, all that both tables have.")
    private List<String> columns = List.of();

    @Option(
            names = "--map",
            split = ",",
            paramLabel = "NEW=OLD",
            description = "What a column of the new table is called in the old one.")
    private Map<String, String> names = Map.of();

    @Option(
            names = "--ignore",
            split = ",",
            paramLabel = "COLUMN",
            description = "Leave these out too, beside row_version, created_at and updated_at.")
    private List<String> ignored = List.of();

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "0",
            description = "Only N rows of each old table, chosen at random; extra rows are not looked for.")
    private int sample;

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "5",
            description = "List at most N examples of each kind (default: ${DEFAULT-VALUE}).")
    private int show;

    @Option(names = "--hide-values", description = "List keys only; the rows' values are in no output.")
    private boolean hidden;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the result to this file too, as its name says: .html, .json or .txt.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print the result as a JSON object, and nothing else, on stdout.")
    private boolean json;

    CompareCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Path file = report;
        if (file != null && !file.toString().matches("(?i).*\\.(html|json|txt)")) {
            throw new WrongUsage("--report: expected a name that ends in .html, .json or .txt; found '" + file + "'");
        }
        if (file != null && !Files.isDirectory(folderOf(file))) {
            // Said now, and not when all has been read.
            throw new WrongUsage("--report: there is no folder " + folderOf(file));
        }
        Map<String, String> environment = environment();
        OldSide old = OldSide.of(against, new OldSide.Entry(keyVariable, keyFile, restPath, schema), environment);
        Set<String> left = new HashSet<>(CompareRequest.USUALLY_IGNORED);
        left.addAll(ignored);
        CompareRequest request = new CompareRequest(tables, keys, columns, names, left, sample, show, hidden);
        Mapping mapping = Mapping.inForce(environment);
        CompareReport found = compared(new ProjectComparison(environment, old, mapping, request, shell.clock()));
        if (file != null) {
            write(file, found);
        }
        if (json) {
            shell.out().println(CompareText.json(found).toPrettyString());
        } else {
            shell.print(CompareText.lines(found));
        }
        return found.isSame() ? 0 : Failures.FAILED;
    }

    private CompareReport compared(ProjectComparison comparison) {
        Screen screen = shell.remarks().screen();
        try {
            return comparison.work(() -> {
                screen.draw(
                        List.of(String.format(Locale.ROOT, "comparing  %,d rows read", comparison.read())),
                        shell.clock().millis());
                return shell.stop().isRequested();
            });
        } finally {
            screen.clear();
        }
    }

    /** No Kafka is needed: a project that the environment names is enough. */
    private Map<String, String> environment() {
        Map<String, String> own = shell.environment();
        return own.getOrDefault(URL, "").isBlank() ? deployment.withSupabase(shell) : new HashMap<>(own);
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static void write(Path file, CompareReport found) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String text = name.endsWith(".html")
                ? CompareHtml.of(found)
                : name.endsWith(".json")
                        ? CompareText.json(found).toPrettyString() + "\n"
                        : String.join("\n", CompareText.lines(found)) + "\n";
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandFailure("the report can't be written to " + file, e);
        }
    }
}
