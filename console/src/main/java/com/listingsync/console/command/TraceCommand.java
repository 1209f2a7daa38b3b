package com.listingsync.console.command;

import com.listingsync.console.moment.Moment;
import com.listingsync.console.shell.ProgressBar;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.trace.Trace;
import com.listingsync.console.trace.TraceReader;
import com.listingsync.console.trace.TraceRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trace}. Confined to the main thread. */
@Command(
        name = "trace",
        description = {
            "Tells the whole story of a listing, a child or a sheet row in the order of time, and why it is as it is:"
                    + " fetched, skipped, parked, released, mapped, sent, refused, replayed, what Supabase holds.",
            "",
            "Only the key's own partition is read. What Supabase holds is asked of SUPABASE_URL with"
                    + " SUPABASE_SERVICE_ROLE_KEY."
        },
        footer = {
            "  ./listing-sync trace AA13226",
            "  ./listing-sync trace AA13226 --since 2026-11-22T00:00:00Z --json",
        })
final class TraceCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Parameters(paramLabel = "KEY", description = "A listing's key, a child's, or a sheet row's property number.")
    private String key = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Read nothing older, such as 2026-11-22T00:00:00Z, 2026-11-22 (UTC) or 6h.")
    private @Nullable String since;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    TraceCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (key.isBlank()) {
            throw new WrongUsage("expected a key; found nothing");
        }
        TraceRequest request = new TraceRequest(key, Optional.ofNullable(since).map(this::moment));
        try (ProgressBar bar = shell.remarks().bar("reading the log")) {
            Trace trace = new TraceReader(
                            target.withSupabase(shell),
                            (done, total) -> bar.at(done, total, shell.clock().millis()))
                    .of(request);
            bar.close();
            if (json) {
                shell.print(trace.json().toPrettyString());
            } else {
                shell.print(trace.lines(shell.paint()));
            }
        }
        return 0;
    }

    private Instant moment(String text) {
        try {
            return Moment.of(text, shell.clock().instant());
        } catch (DateTimeException e) {
            // Nothing has been read yet: the person corrects the time.
            throw new WrongUsage("--since: " + e.getMessage());
        }
    }
}
