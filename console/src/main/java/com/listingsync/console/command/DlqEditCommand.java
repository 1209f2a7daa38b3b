package com.listingsync.console.command;

import com.listingsync.common.deadletter.LetterId;
import com.listingsync.console.deadletter.Edit;
import com.listingsync.console.deadletter.LetterFilter;
import com.listingsync.console.deadletter.LetterView;
import com.listingsync.console.deadletter.Redrive;
import com.listingsync.console.deadletter.RedriveRequest;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.Editor;
import com.listingsync.console.shell.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlq edit}. Confined to the main thread. */
@Command(
        name = "edit",
        description =
                "Corrects the record of one dead letter and sends it again. Opens $VISUAL or $EDITOR on its value, unless --patch or"
                        + " --edit brings the correction; --print shows the corrected value instead of sending it.",
        footer = {
            "  ./listing-sync dlq edit processor/3/41",
            "  ./listing-sync dlq edit sink/3/41 --patch '[{\"op\":\"replace\",\"path\":\"/city\",\"value\":\"Oslo\"}]' --print"
        })
final class DlqEditCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Parameters(
            paramLabel = "ID",
            description = "topic/partition/offset, or producer, processor or sink for the topic.")
    private String id = "";

    @Mixin
    private final EditOptions edit = new EditOptions();

    @Mixin
    private final RedriveOptions redrive = new RedriveOptions();

    @Option(names = "--print", description = "Print the corrected value, and send nothing.")
    private boolean print;

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, for the audit trail.")
    private @Nullable String why;

    DlqEditCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (LettersCall call = new LettersCall(shell, target, new LetterOptions(), "replaying")) {
            LetterId letter = LetterOptions.id(id, call.topics());
            LetterView view =
                    call.letters().show(letter).orElseThrow(() -> new CommandFailure("there is no letter " + letter));
            Optional<Edit> correction = edit.edit().or(() -> typed(view));
            if (correction.isEmpty()) {
                shell.remarks().say("nothing was changed, and nothing is sent");
                return 0;
            }
            if (print) {
                byte[] value = view.letter().record().value();
                byte[] corrected = correction.get().apply(value == null ? new byte[0] : value);
                shell.print(new String(corrected, StandardCharsets.UTF_8));
                return 0;
            }
            RedriveRequest request = redrive.request(
                    shell, LetterFilter.of(List.of(letter)), correction, edit.placement(), 0, Optional.ofNullable(why));
            Redrive work = call.redrive();
            return redrive.run(shell, request, "replayed", "replays", asked -> work.replay(asked, call.progress()));
        }
    }

    /** What a person makes of the value in an editor; empty when they leave it as it is. */
    private Optional<Edit> typed(LetterView view) {
        String before = view.valueText().orElse("{}");
        String after = Editor.of(shell.environment()).edited(before, ".json");
        return after.equals(before)
                ? Optional.empty()
                : Optional.of(Edit.replacement(after.getBytes(StandardCharsets.UTF_8)));
    }
}
