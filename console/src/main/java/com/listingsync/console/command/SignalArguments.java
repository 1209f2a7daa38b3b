package com.listingsync.console.command;

import com.listingsync.common.run.FeedName;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.signal.SignalTarget;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.audit.AuditEntry;
import com.listingsync.console.audit.AuditTrail;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.signal.SignalBoard;
import com.listingsync.console.signal.SignalRequest;
import com.listingsync.console.signal.SignalResult;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code pause} and {@code resume} have in common: the target, the reason, and how the result is told. */
final class SignalArguments {

    /** For the shell's completion. */
    static final class Kinds implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(SignalTarget.Kind.values())
                    .map(SignalTarget.Kind::wireName)
                    .iterator();
        }
    }

    @Mixin
    private final Target target = new Target();

    @Parameters(
            index = "0",
            paramLabel = "WHAT",
            completionCandidates = Kinds.class,
            description = "producer, processor, sink, connection or feed.")
    private String what = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The connection's name, or the feed's as CONNECTION/FEED.")
    private String name = "";

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason; shown wherever the pause is.")
    private String why = "";

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    int send(Shell shell, boolean paused) {
        Actor actor = Actor.ofShell(shell.environment());
        SignalRequest request = new SignalRequest(target(), paused, actor.name(), why.strip());
        SignalResult result = audited(shell, actor, request);
        if (json) {
            shell.print(result.json().toPrettyString());
            return 0;
        }
        shell.print(result.signal().words());
        if (!paused) {
            result.others().forEach(other -> shell.remarks().say("still: " + other.words()));
        }
        return 0;
    }

    /** Sends it, written down before and after. */
    private SignalResult audited(Shell shell, Actor actor, SignalRequest request) {
        KafkaAccess access = target.kafka(shell);
        AuditTrail trail = new AuditTrail(access, shell.clock());
        AuditEntry begun = trail.begin(
                actor,
                request.paused() ? "pause" : "resume",
                request.target().toString(),
                Optional.of(request.why()).filter(reason -> !reason.isEmpty()));
        try {
            SignalResult result =
                    new SignalBoard(access).send(request, shell.clock().millis());
            trail.end(begun, Map.of("signals", 1L), null);
            return result;
        } catch (SettingsException e) {
            // Refused before anything was sent: the person sees why, and so does the trail.
            trail.end(begun, Map.of(), e.getMessage());
            throw e;
        }
    }

    private SignalTarget target() {
        SignalTarget.Kind kind = Arrays.stream(SignalTarget.Kind.values())
                .filter(one -> one.wireName().equals(what))
                .findFirst()
                .orElseThrow(() -> new WrongUsage(
                        "expected producer, processor, sink, connection NAME or feed CONNECTION/FEED; found '" + what
                                + "'"));
        return switch (kind) {
            case CONNECTION -> SignalTarget.connection(named("connection NAME"));
            case FEED -> SignalTarget.feed(feed());
            default -> service(kind);
        };
    }

    private SignalTarget service(SignalTarget.Kind kind) {
        if (!name.isEmpty()) {
            throw new WrongUsage("all instances of a service are paused together; leave out '" + name + "'");
        }
        return new SignalTarget(kind, List.of());
    }

    private FeedName feed() {
        String text = named("feed CONNECTION/FEED");
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new WrongUsage("expected feed CONNECTION/FEED; found '" + text + "'");
        }
        return FeedName.of(text);
    }

    private String named(String expected) {
        if (name.isBlank()) {
            throw new WrongUsage("expected " + expected + "; found no name");
        }
        return name;
    }
}
