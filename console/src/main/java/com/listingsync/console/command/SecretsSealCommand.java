package com.listingsync.console.command;

import com.listingsync.common.setting.Secret;
import com.listingsync.console.shell.Shell;
import com.listingsync.producer.secret.MasterKey;
import com.listingsync.producer.secret.MasterKeySettings;
import com.listingsync.producer.secret.SecretPlace;
import com.listingsync.producer.secret.SecretsFile;
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
            "One secret is typed without an echo, or read from the standard input; it is never an argument. In a file, auth.token,"
                    + " auth.oauth2.client_secret and auth.service_account_json are sealed where they stand as they are;"
                    + " ${NAME} references, comments and order stay."
        })
final class SecretsSealCommand implements Callable<Integer> {

    private final Shell shell;

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    private static final class Target {

        @ArgGroup(exclusive = false)
        private @Nullable Place place;

        @Option(names = "--file", paramLabel = "FILE", description = "Seal the secrets of this connections file in place.")
        private @Nullable Path file;
    }

    private static final class Place {

        @Option(
                names = "--connection",
                required = true,
                paramLabel = "NAME",
                description = "Name of the connection that the secret is for.")
        private String connection = "";

        @Option(
                names = "--key",
                required = true,
                paramLabel = "KEY",
                description = "Key within the connection that the secret is for, such as auth.token.")
        private String key = "";
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
        if (place == null || place.connection.isBlank() || place.key.isBlank()) {
            throw new WrongUsage("say what the secret is for: --connection and --key");
        }
        String secret = shell.secrets().read("Secret for " + place.key + " of " + place.connection + ": ");
        if (secret.isBlank()) {
            throw new WrongUsage("no secret was given: type it, or pipe it in");
        }
        shell.out().println(key.seal(new Secret(secret), new SecretPlace(place.connection, place.key)));
        return 0;
    }

    private int sealFile(Path file, MasterKey key) throws IOException {
        SecretsFile secrets = SecretsFile.read(file);
        List<String> plain = secrets.plain();
        if (!plain.isEmpty()) {
            secrets.seal(key).replace();
        }
        plain.forEach(where -> shell.out().println("sealed " + where));
        shell.err().println(plain.size() + " secrets of " + file + " sealed under master key " + key.id());
        return 0;
    }
}
