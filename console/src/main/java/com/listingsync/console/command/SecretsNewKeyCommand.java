package com.listingsync.console.command;

import com.listingsync.common.secret.MasterKey;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.Shell;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code secrets new-key}. Confined to the main thread. */
@Command(
        name = "new-key",
        description =
                "Makes a master key, and prints it or writes it to a file. Whoever loses it loses what is sealed under it.",
        footer = {"  ./listing-sync secrets new-key --out master.key"})
final class SecretsNewKeyCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the key to this new file, which only its owner can read, and print its path.")
    private @Nullable Path out;

    SecretsNewKeyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        String key = MasterKey.random().reveal();
        if (out == null) {
            shell.out().println(key);
            return 0;
        }
        try {
            // Closed to others from its first moment on.
            Files.createFile(out, ownerOnly(out));
        } catch (FileAlreadyExistsException e) {
            // It may be the key of other files: it is not touched.
            throw new CommandFailure(out + " is there already; a key is never overwritten", e);
        }
        Files.writeString(out, key + "\n", StandardOpenOption.WRITE);
        shell.out().println(out);
        return 0;
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
