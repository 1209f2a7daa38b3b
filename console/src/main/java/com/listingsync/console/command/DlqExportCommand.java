package com.listingsync.console.command;

import com.listingsync.console.deadletter.LetterExport;
import com.listingsync.console.deadletter.LetterState;
import com.listingsync.console.shell.Amount;
import com.listingsync.console.shell.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlq export}. Confined to the main thread. */
@Command(
        name = "export",
        description =
                "Writes dead letters whole, a JSON object a line: what 'list --json' says, and key, value and headers as bytes in"
                        + " base64. All of them, however they stand, unless --state says otherwise. Letters hold payloads: mind where they go.",
        footer = {
            "  ./listing-sync dlq export --code 22P02 --out letters.jsonl",
            "  ./listing-sync dlq export --state open | jq .message"
        })
final class DlqExportCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final LetterOptions options = new LetterOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write, which must not be there yet; stdout without it.")
    private @Nullable Path file;

    DlqExportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        long[] written = {0};
        try (LettersCall call = new LettersCall(shell, target, options, "exporting")) {
            if (file == null) {
                write(call, shell.out(), written);
            } else {
                try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(
                        file, StandardCharsets.UTF_8, java.nio.file.StandardOpenOption.CREATE_NEW))) {
                    write(call, out, written);
                    if (out.checkError()) {
                        throw new IOException(file + ": it could not be written whole");
                    }
                }
            }
        }
        shell.remarks().say("exported " + Amount.of(written[0], "letter"));
        return 0;
    }

    private void write(LettersCall call, PrintWriter out, long[] written) {
        call.letters().walk(call.selected(EnumSet.allOf(LetterState.class)), call.progress(), (letter, state) -> {
            out.println(LetterExport.line(letter, state));
            written[0]++;
            return !shell.stop().isRequested();
        });
    }
}
