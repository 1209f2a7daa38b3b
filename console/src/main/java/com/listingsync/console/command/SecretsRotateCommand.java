package com.listingsync.console.command;

import com.listingsync.common.secret.MasterKey;
import com.listingsync.common.secret.MasterKeySettings;
import com.listingsync.common.secret.SecretsFile;
import com.listingsync.console.shell.Amount;
import com.listingsync.console.shell.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code secrets rotate}. Confined to the main thread. */
@Command(
        name = "rotate",
        description = {
            "Seals all sealed values of a connections file under another master key: all of them, or none.",
            "",
            "The other key is in SYNC_NEW_MASTER_KEY, or in the file that SYNC_NEW_MASTER_KEY_FILE names. Afterwards give the"
                    + " services that key as SYNC_MASTER_KEY and restart them; they read the file when they start."
        },
        footer = {"  ./listing-sync secrets rotate connections.yaml"})
final class SecretsRotateCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final SecretsFileOption file = new SecretsFileOption();

    SecretsRotateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Path path = file.file(shell);
        SecretsFile secrets = SecretsFile.read(path);
        MasterKey from = MasterKeySettings.current(shell.environment());
        MasterKey to = MasterKeySettings.next(shell.environment());
        secrets.rotate(from, to).replace();
        secrets.sealed().forEach(where -> shell.out().println("sealed " + where));
        shell.remarks()
                .say(Amount.of(secrets.sealed().size(), "value") + " of " + path + " went from master key " + from.id()
                        + " to " + to.id());
        return 0;
    }
}
