package com.listingsync.console.command;

import com.listingsync.common.secret.MasterKey;
import com.listingsync.common.secret.MasterKeySettings;
import com.listingsync.common.secret.SecretsFile;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.shell.Amount;
import com.listingsync.console.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code secrets unseal-check}. Confined to the main thread. */
@Command(
        name = "unseal-check",
        description =
                "Tells whether all sealed values of a connections file open, names those that do not, and prints none.",
        footer = {"  ./listing-sync secrets unseal-check connections.yaml"})
final class SecretsUnsealCheckCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final SecretsFileOption file = new SecretsFileOption();

    SecretsUnsealCheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        SecretsFile secrets = SecretsFile.read(file.file(shell));
        MasterKey key = MasterKeySettings.current(shell.environment());
        List<String> problems = secrets.check(key);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        secrets.sealed().forEach(where -> shell.out().println("opens " + where));
        secrets.plain().forEach(where -> shell.remarks().say("not sealed: " + where));
        int sealed = secrets.sealed().size();
        shell.remarks()
                .say(Amount.of(sealed, "sealed value") + (sealed == 1 ? " opens" : " open") + " under master key "
                        + key.id());
        return 0;
    }
}
