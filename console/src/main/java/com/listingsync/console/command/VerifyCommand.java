package com.listingsync.console.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.audit.AuditEntry;
import com.listingsync.console.audit.AuditTrail;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.replay.ReplayTarget;
import com.listingsync.console.run.Catalogue;
import com.listingsync.console.shell.Screen;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.verify.Repair;
import com.listingsync.console.verify.SourceCheck;
import com.listingsync.console.verify.Verification;
import com.listingsync.console.verify.VerifyReport;
import com.listingsync.console.verify.VerifyRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}. Confined to the main thread. */
@Command(
        name = "verify",
        description =
                "Compares Supabase with the log: every row's key, version and content. With --source, the log with the MLS"
                        + " and the sheets too.",
        sortOptions = false,
        footer = {
            "  ./listing-sync verify",
            "  ./listing-sync verify --table properties --repair",
            "  ./listing-sync verify --keys W1234567,AA13226",
            "  ./listing-sync verify --sample 1000 --json",
            "  ./listing-sync verify --source"
        },
        exitCodeList = {
            "0:in sync, or repaired and then in sync",
            "1:a difference, or it could not be found out",
            "2:wrong usage or settings"
        })
final class VerifyCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target deployment = new Target();

    @Option(names = "--table", split = ",", paramLabel = "TABLE", description = "Only these tables, comma-separated.")
    private List<String> tables = List.of();

    @Option(
            names = "--keys",
            split = ",",
            paramLabel = "KEY",
            description = "Only what belongs to these: listing keys, child keys or property numbers, comma-separated.")
    private List<String> keys = List.of();

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "0",
            description = "Only N rows of each table, chosen at random; extra rows are not looked for.")
    private int sample;

    @Option(
            names = "--source",
            description =
                    "Compare the log with the MLS and the sheets too. The producers read their keys, within their limits;"
                            + " what was missing or stale is fetched by it.")
    private boolean source;

    @Option(
            names = "--repair",
            description =
                    "Mend what differs, and compare again: missing and stale rows are sent once more, changed ones made"
                            + " again by the processor.")
    private boolean repair;

    @Option(names = "--yes", description = "With --repair: rows that the log does not know are marked as deleted.")
    private boolean yes;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long rows on their way may take before they count (default: ${DEFAULT-VALUE}).")
    private int graceSeconds;

    @Option(names = "--target", paramLabel = "URL", description = "Compare this other Supabase project.")
    private @Nullable String target;

    @Option(
            names = "--target-key-env",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The environment variable that holds its service_role key.")
    private String targetKey = "";

    @Option(
            names = "--target-rest-path",
            paramLabel = "PATH",
            defaultValue = "/rest/v1",
            description = "Path of its REST interface (default: ${DEFAULT-VALUE}).")
    private String targetPath = "";

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "20",
            description = "List at most N differences (default: ${DEFAULT-VALUE}).")
    private int show;

    @Option(names = "--json", description = "Print the result as a JSON object, and nothing else, on stdout.")
    private boolean json;

    VerifyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (yes && !repair) {
            throw new WrongUsage("--yes goes with --repair");
        }
        if (sample < 0 || graceSeconds < 0) {
            throw new WrongUsage("--sample and --grace: expected 0 or more");
        }
        if (target != null && (source || repair)) {
            throw new WrongUsage("--target is compared only; 'replay --target' mends it");
        }
        Map<String, String> environment = deployment.withSupabase(shell);
        KafkaAccess access = KafkaAccess.of(environment);
        Optional<SourceCheck.Report> sources = source ? Optional.of(sources(access)) : Optional.empty();
        Map<String, String> project =
                target == null ? environment : new ReplayTarget(target, targetPath, targetKey).environment(environment);
        Mapping mapping = Mapping.inForce(environment);
        VerifyReport report = compared(access, project, mapping);
        Optional<Repair.Outcome> repaired = Optional.empty();
        if (repair && !report.isInSync()) {
            print(report.lines(show));
            Repair.Outcome outcome = repaired(access, project, mapping, report);
            repaired = Optional.of(outcome);
            print(outcome.lines());
            report = compared(access, project, mapping);
        }
        tell(report, sources, repaired);
        return report.isInSync() && sources.map(SourceCheck.Report::isInSync).orElse(true) ? 0 : Failures.FAILED;
    }

    private Repair.Outcome repaired(
            KafkaAccess access, Map<String, String> project, Mapping mapping, VerifyReport report) {
        Repair.Extra extra = yes ? Repair.Extra.DELETE : Repair.Extra.KEEP;
        Actor who = Actor.ofShell(shell.environment());
        AuditTrail trail = new AuditTrail(access, shell.clock());
        AuditEntry begun = trail.begin(who, "verify repair", selection(), Optional.empty());
        Repair.Outcome outcome = new Repair(access, project, mapping, extra, who.name(), shell.clock()).work(report);
        trail.end(begun, outcome.done(), null);
        return outcome;
    }

    private String selection() {
        return (tables.isEmpty() ? "" : "--table " + String.join(",", tables) + " ")
                + (keys.isEmpty() ? "" : "--keys " + String.join(",", keys) + " ")
                + (yes ? "--yes" : "");
    }

    private SourceCheck.Report sources(KafkaAccess access) throws InterruptedException {
        shell.remarks().say("asking the producers to compare the log with the sources");
        SourceCheck.Report report = new SourceCheck(
                        access, Catalogue.read(access, shell.stop()).connections(), keys, shell.clock())
                .work(() -> !shell.stop().isRequested());
        print(report.lines());
        return report;
    }

    private VerifyReport compared(KafkaAccess access, Map<String, String> project, Mapping mapping) {
        VerifyRequest request =
                new VerifyRequest(tables, keys, sample, Duration.ofSeconds(graceSeconds), Optional.empty());
        Verification verification = new Verification(access, project, mapping, request, shell.clock());
        Screen screen = shell.remarks().screen();
        try {
            return verification.work(() -> {
                screen.draw(
                        List.of(String.format(Locale.ROOT, "comparing  %,d rows read", verification.read())),
                        shell.clock().millis());
                return shell.stop().isRequested();
            });
        } finally {
            screen.clear();
        }
    }

    private void print(List<String> lines) {
        if (!json) {
            lines.forEach(shell.out()::println);
        }
    }

    private void tell(VerifyReport report, Optional<SourceCheck.Report> sources, Optional<Repair.Outcome> repaired) {
        if (!json) {
            print(report.lines(show));
            return;
        }
        ObjectNode result = report.json(show);
        sources.ifPresent(found -> result.set("source", found.json()));
        repaired.ifPresent(done -> result.set("repair", done.json()));
        shell.out().println(result.toPrettyString());
    }
}
