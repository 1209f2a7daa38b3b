package com.listingsync.console.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.Keyboard;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ConfirmationTest {

    @Command
    private static final class Destroying {
        @Mixin
        private final Confirmation confirmation = new Confirmation();
    }

    private final Destroying command = new Destroying();

    @ParameterizedTest
    @ValueSource(strings = {"y", "Yes", " YES "})
    void goesOnWhenThatIsAnswered(String answer) {
        assertThatCode(() -> require(Optional.of(answer))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "what?"})
    void doesNothingForAnyOtherAnswer(String answer) {
        assertThatThrownBy(() -> require(Optional.of(answer)))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("nothing was done");
    }

    @Test
    void wantsYesWhereNobodyCanBeAsked() {
        assertThatThrownBy(() -> require(Optional.empty()))
                .isInstanceOf(WrongUsage.class)
                .hasMessage("this deletes everything; nobody can be asked here: say --yes if that is wanted");
    }

    @Test
    void asksNobodyWithYes() {
        new CommandLine(command).parseArgs("--yes");

        assertThatCode(() -> require(Optional.empty())).doesNotThrowAnyException();
    }

    private void require(Optional<String> answer) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Keyboard keyboard = new Keyboard() {
            @Override
            public String secret(String prompt) {
                return "";
            }

            @Override
            public Optional<String> answer(String question) {
                return answer;
            }
        };
        command.confirmation.require(
                new Shell(Map.of(), nowhere, nowhere, Terminal.PLAIN, Clock.systemUTC(), new StopSignal(), keyboard),
                "deletes everything");
    }
}
