package com.listingsync.console.command;

import com.listingsync.console.doctor.Diagnosis;
import com.listingsync.console.doctor.Doctor;
import com.listingsync.console.shell.Shell;
import com.listingsync.sink.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}. Confined to the main thread. */
@Command(
        name = "doctor",
        description = {
            "Looks at Java, disk, Kafka, Supabase and every MLS and spreadsheet, and says what is wrong and what mends"
                    + " it. Exit code 1 when something is.",
            "",
            "It reads the settings of the services: run it where they are, or beside an 'up'. Each source is asked"
                    + " once or twice."
        },
        footer = {"  ./listing-sync doctor", "  ./listing-sync doctor --fix", "  ./listing-sync doctor --json"})
final class DoctorCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Option(
            names = "--fix",
            description = "Create topics that are missing; print the migration when tables or guards are.")
    private boolean fix;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    DoctorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        Diagnosis diagnosis = new Doctor(target.withSupabase(shell), fix, shell.clock()).look();
        if (json) {
            shell.print(diagnosis.json().toPrettyString());
        } else {
            shell.print(diagnosis.lines(shell.paint()));
            if (fix && diagnosis.needsMigration()) {
                Migrations.all().forEach(migration -> shell.print(migration.sql()));
            }
        }
        return diagnosis.good() ? 0 : Failures.FAILED;
    }
}
