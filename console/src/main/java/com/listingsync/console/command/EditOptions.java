package com.listingsync.console.command;

import com.listingsync.console.deadletter.Edit;
import com.listingsync.console.deadletter.Placement;
import com.listingsync.console.shell.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a record's value is corrected before it is sent again, and where one goes that had no place. */
final class EditOptions {

    @Option(
            names = "--patch",
            paramLabel = "JSON",
            description =
                    "Correct the value: a JSON Patch (an array, RFC 6902) or a JSON Merge Patch (an object, RFC 7396);"
                            + " @FILE reads it from a file.")
    private @Nullable String patch;

    @Option(
            names = "--edit",
            paramLabel = "FILE",
            description = "Put the JSON object in this file in the value's place.")
    private @Nullable Path file;

    @Option(
            names = "--record-key",
            paramLabel = "KEY",
            description =
                    "For what the producer refused: LISTING, or LISTING/CHILD; for a sheet row its property number.")
    private @Nullable String recordKey;

    @Option(
            names = "--source-version",
            paramLabel = "N",
            description =
                    "For what the producer refused: the source's clock, in microseconds since 1970; a file version for a"
                            + " sheet row.")
    private @Nullable Long version;

    Optional<Edit> edit() {
        if (patch != null && file != null) {
            throw new WrongUsage("--patch and --edit are two corrections of one value; leave one out");
        }
        try {
            if (file != null) {
                return Optional.of(Edit.replacement(Files.readAllBytes(file)));
            }
            if (patch != null) {
                String text = patch.startsWith("@") ? Files.readString(Path.of(patch.substring(1))) : patch;
                return Optional.of(Edit.patch(text));
            }
        } catch (IOException e) {
            // Nothing was sent: the person names another file.
            throw new CommandFailure("the correction can't be read: " + e.getMessage(), e);
        }
        return Optional.empty();
    }

    Placement placement() {
        return new Placement(Optional.ofNullable(recordKey), Optional.ofNullable(version));
    }
}
