package com.listingsync.console.command;

import com.listingsync.console.log.LogOutput;
import com.listingsync.console.shell.Shell;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/** All commands, put together. Stateless. */
public final class CommandTree {

    private CommandTree() {}

    /**
     * The command line of a process that was called with these arguments. A service's has no other commands: its image has not what they
     * are made of.
     */
    public static CommandLine of(Shell shell, String... arguments) {
        CommandLine root = new CommandLine(new ListingSync());
        String asked = Arrays.stream(arguments)
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .orElse("");
        switch (asked) {
            case "producer" -> root.addSubcommand(new ProducerCommand(shell));
            case "processor" -> root.addSubcommand(new ProcessorCommand(shell));
            case "sink" -> root.addSubcommand(new SinkCommand(shell));
            default -> addAll(root, shell);
        }
        // Commands that run services turn it up again.
        LogOutput.quiet();
        Failures failures = new Failures();
        return root.setOut(shell.out())
                .setErr(shell.err())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(shell.terminal().colour() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setExecutionStrategy(result -> run(shell, result))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    private static void addAll(CommandLine root, Shell shell) {
        root.addSubcommand(new UpCommand(shell))
                .addSubcommand(new ProducerCommand(shell))
                .addSubcommand(new ProcessorCommand(shell))
                .addSubcommand(new SinkCommand(shell))
                .addSubcommand(new ConsoleCommand(shell))
                .addSubcommand(new SamplesCommand(shell))
                .addSubcommand(new SyncNowCommand(shell))
                .addSubcommand(new StatusCommand(shell))
                .addSubcommand(new RunsCommand(shell))
                .addSubcommand(new DoctorCommand(shell))
                .addSubcommand(new TraceCommand(shell))
                .addSubcommand(new PauseCommand(shell))
                .addSubcommand(new ResumeCommand(shell))
                .addSubcommand(new CommandLine(new TopicsCommand())
                        .addSubcommand(new TopicsListCommand(shell))
                        .addSubcommand(new TopicsDescribeCommand(shell))
                        .addSubcommand(new TopicsApplyCommand(shell))
                        .addSubcommand(new TopicsAclsCommand(shell)))
                .addSubcommand(new CommandLine(new MappingCommand())
                        .addSubcommand(new MappingCheckCommand(shell))
                        .addSubcommand(new MappingShowCommand(shell)))
                .addSubcommand(new ReprocessCommand(shell))
                .addSubcommand(new VerifyCommand(shell))
                .addSubcommand(new CompareCommand(shell))
                .addSubcommand(new CommandLine(new ReplayCommand(shell))
                        .addSubcommand(new ReplayListCommand(shell))
                        .addSubcommand(new ReplayShowCommand(shell))
                        .addSubcommand(new ReplayPauseCommand(shell))
                        .addSubcommand(new ReplayResumeCommand(shell))
                        .addSubcommand(new ReplayStopCommand(shell)))
                .addSubcommand(new CommandLine(new DlqCommand())
                        .addSubcommand(new DlqListCommand(shell))
                        .addSubcommand(new DlqShowCommand(shell))
                        .addSubcommand(new DlqStatsCommand(shell))
                        .addSubcommand(new DlqExplainCommand(shell))
                        .addSubcommand(new DlqEditCommand(shell))
                        .addSubcommand(new DlqReplayCommand(shell))
                        .addSubcommand(new DlqDiscardCommand(shell))
                        .addSubcommand(new DlqExportCommand(shell)))
                .addSubcommand(new AuditCommand(shell))
                .addSubcommand(new CommandLine(new SecretsCommand())
                        .addSubcommand(new SecretsNewKeyCommand(shell))
                        .addSubcommand(new SecretsSealCommand(shell))
                        .addSubcommand(new SecretsUnsealCheckCommand(shell))
                        .addSubcommand(new SecretsRotateCommand(shell)))
                .addSubcommand(new CommandLine(new ApiKeysCommand())
                        .addSubcommand(new ApiKeysAddCommand(shell))
                        .addSubcommand(new ApiKeysListCommand(shell))
                        .addSubcommand(new ApiKeysRevokeCommand(shell)))
                .addSubcommand(new SettingsCommand(shell))
                .addSubcommand(new MetersCommand(shell))
                .addSubcommand(new CompletionCommand(shell))
                .addSubcommand(new VersionCommand(shell));
    }

    private static int run(Shell shell, ParseResult result) {
        if (Failures.wants("--quiet", result)) {
            shell.remarks().hush();
        }
        return new CommandLine.RunLast().execute(result);
    }
}
