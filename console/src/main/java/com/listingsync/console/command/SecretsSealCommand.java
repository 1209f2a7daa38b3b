package com.listingsync.console.command;

import com.listingsync.common.secret.MasterKey;
import com.listingsync.common.secret.MasterKeySettings;
import com.listingsync.common.secret.SecretPlace;
import com.listingsync.common.secret.SecretsFile;
import com.listingsync.common.setting.Secret;
import com.listingsync.console.shell.Amount;
import com.listingsync.console.shell.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code secrets seal}. Confined to the main thread. */
@Command(
        name = "seal",
        description = {
            "Seals one secret and prints the sealed text, or seals the secrets of a file in place.",
            "",
            "One secret is typed without an echo, or read from the standard input; it is never an argument. In a file, what is"
                    + " called token, secret, client_secret or service_account_json is sealed where it stands as it is;"
                    + " references to the environment, comments and order stay."
        },
        footer = {
            "  ./listing-sync secrets seal --connection mls --key auth.token",
            "  ./listing-sync secrets seal --file connections.yaml"
        })
final class SecretsSealCommand implements Callable<Integer> {

    private final Shell shell;

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    private static final class Target {

        @ArgGroup(exclusive = false)
        private @Nullable Place place;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "Seal the secrets of this connections file in place.")
        private @Nullable Path file;
    }

    private static final class Place {

        @ArgGroup(multiplicity = "1")
        private Entry entry = new Entry();

        @Option(
                names = "--key",
                required = true,
                paramLabel = "KEY",
                description = "Key within the connection or owner that the secret is for, such as auth.token.")
        private String key = "";

        SecretPlace place() {
            return entry.connection.isBlank()
                    ? new SecretPlace(SecretPlace.Holder.OWNER, entry.owner, key)
                    : new SecretPlace(SecretPlace.Holder.CONNECTION, entry.connection, key);
        }
    }

    private static final class Entry {

        @Option(
                names = "--connection",
                required = true,
                paramLabel = "NAME",
                description = "Name of the connection that the secret is for.")
        private String connection = "";

        @Option(
                names = "--owner",
                required = true,
                paramLabel = "NAME",
                description = "Name of the owner that the secret is for.")
        private String owner = "";
    }

    SecretsSealCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        MasterKey key = MasterKeySettings.current(shell.environment());
        if (target.file != null) {
            return sealFile(target.file, key);
        }
        Place place = target.place;
        if (place == null || place.key.isBlank() || (place.entry.connection + place.entry.owner).isBlank()) {
            throw new WrongUsage("say what the secret is for: --connection or --owner, and --key");
        }
        String secret = shell.keyboard().secret("Secret for " + place.place() + ": ");
        if (secret.isBlank()) {
            throw new WrongUsage("no secret was given: type it, or pipe it in");
        }
        shell.out().println(key.seal(new Secret(secret), place.place()));
        return 0;
    }

    private int sealFile(Path file, MasterKey key) throws IOException {
        SecretsFile secrets = SecretsFile.read(file);
        List<String> plain = secrets.plain();
        if (!plain.isEmpty()) {
            secrets.seal(key).replace();
        }
        plain.forEach(where -> shell.out().println("sealed " + where));
        shell.remarks().say(Amount.of(plain.size(), "secret") + " of " + file + " sealed under master key " + key.id());
        return 0;
    }
}
