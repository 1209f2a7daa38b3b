package com.listingsync.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    void completesWhatCanBePausedInBash() throws Exception {
        assertThat(completed("./listing-sync", "pause", "si")).contains("sink");
    }

    @Test
    void completesCommandsAndOptionsInZshItself() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "zsh is not installed");

        assertThat(typedInZsh("./listing-sync to")).contains("./listing-sync topics");
        assertThat(typedInZsh("./listing-sync dlq replay --dr")).contains("./listing-sync dlq replay --dry-run");
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

    /** What stands in the line of an interactive zsh after these letters and the tab key, with the completion sourced as documented. */
    private String typedInZsh(String typed) throws IOException, InterruptedException {
        Path script = folder.resolve("completion.zsh");
        Files.writeString(
                script, CommandLineRun.of(Map.of(), "completion", "zsh").out());
        String driver = """
                zmodload zsh/zpty
                zpty -b sh 'TERM=dumb HOME=%2$s zsh -f -i'
                zpty -w sh 'source %1$s; PS1="READY> "; echo sourc''ed'
                zpty -r -m sh said '*sourced*READY> *'
                zpty -w -n sh '%3$s'$'\\t'$'\\x01'"X"$'\\x05'"Y"
                zpty -r -m sh said '*X%3$s*Y*'
                print -r -- $said
                """.formatted(script, folder, typed);
        Process zsh = new ProcessBuilder("/usr/bin/zsh", "-f", "-c", driver)
                .redirectErrorStream(true)
                .start();
        String said = new String(zsh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(zsh.waitFor()).as(said).isZero();
        return said;
    }
}
