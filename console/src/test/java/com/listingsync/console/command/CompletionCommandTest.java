package com.listingsync.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {

    @TempDir
    Path folder;

    @Test
    void completesCommandsInBash() throws Exception {
        assertThat(completed("./listing-sync", "to")).contains("topics");
    }

    @Test
    void completesOptionsOfACommandInBash() throws Exception {
        assertThat(completed("./listing-sync", "sync", "--me")).contains("--media");
    }

    @Test
    void asksForBashsWayInZsh() {
        CommandLineRun run = CommandLineRun.of(Map.of(), "completion", "zsh");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("autoload -Uz compinit bashcompinit").contains("complete -F");
    }

    @Test
    void namesTheShellsThereAre() {
        CommandLineRun run = CommandLineRun.of(Map.of(), "completion", "fish");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("bash", "zsh");
    }

    /** What bash itself offers when these words are typed and the tab key is hit. */
    private String completed(String... words) throws IOException, InterruptedException {
        Path script = folder.resolve("completion.bash");
        Files.writeString(
                script, CommandLineRun.of(Map.of(), "completion", "bash").out());
        StringBuilder typing = new StringBuilder("source " + script + "\nCOMP_WORDS=(");
        for (String word : words) {
            typing.append('"').append(word).append("\" ");
        }
        typing.append(")\nCOMP_CWORD=").append(words.length - 1);
        typing.append("\n$(complete -p listing-sync | sed 's/.*-F \\([^ ]*\\).*/\\1/')\necho \"${COMPREPLY[@]}\"\n");
        Process bash =
                new ProcessBuilder("bash", "--norc").redirectErrorStream(true).start();
        try (var in = bash.outputWriter(StandardCharsets.UTF_8)) {
            in.write(typing.toString());
        }
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said;
    }
}
