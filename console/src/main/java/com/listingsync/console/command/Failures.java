package com.listingsync.console.command;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.shell.CommandFailure;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** How trouble becomes sentences on the error stream and an exit code; the only place that decides it. Immutable. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    static final int FAILED = 1;
    static final int WRONG_USAGE_OR_SETTINGS = 2;

    private static final String SPEAKER = "listing-sync: ";

    @Override
    public int handleParseException(ParameterException problem, String[] arguments) {
        PrintWriter err = problem.getCommandLine().getErr();
        err.println(SPEAKER + problem.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(problem, err)) {
            pointToHelp(problem.getCommandLine());
        }
        return WRONG_USAGE_OR_SETTINGS;
    }

    private static void pointToHelp(CommandLine commandLine) {
        commandLine.getErr().println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine commandLine, ParseResult result) {
        PrintWriter err = commandLine.getErr();
        if (wants("--debug", result)) {
            problem.printStackTrace(err);
        }
        sentences(problem, Target.kafkaOf(commandLine)).forEach(sentence -> err.println(SPEAKER + sentence));
        if (problem instanceof WrongUsage) {
            pointToHelp(commandLine);
            return WRONG_USAGE_OR_SETTINGS;
        }
        return problem instanceof SettingsException ? WRONG_USAGE_OR_SETTINGS : FAILED;
    }

    private static List<String> sentences(Throwable problem, Optional<String> kafka) {
        if (problem instanceof SettingsException settings) {
            return settings.problems();
        }
        if (problem instanceof CommandFailure || problem instanceof WrongUsage) {
            return List.of(text(problem));
        }
        if (problem instanceof TimeoutException) {
            return List.of("Kafka did not answer in time; is it running at " + kafka.orElse("KAFKA_BOOTSTRAP_SERVERS")
                    + "? (" + text(problem) + ")");
        }
        if (problem instanceof KafkaException) {
            return List.of("Kafka: " + withCauses(problem));
        }
        if (problem instanceof AccessDeniedException denied) {
            return List.of("no permission to read or write " + denied.getFile());
        }
        if (problem instanceof FileSystemException file) {
            return List.of(file.getFile() + ": " + Objects.requireNonNullElse(file.getReason(), text(problem)));
        }
        return List.of(withCauses(problem) + " ('--debug' shows where)");
    }

    /** The messages from the outside in; a cause that only repeats what was said is left out. */
    private static String withCauses(Throwable problem) {
        List<String> texts = new ArrayList<>();
        for (Throwable at = problem; at != null; at = at.getCause()) {
            String text = text(at);
            if (texts.stream().noneMatch(said -> said.contains(text))) {
                texts.add(text);
            }
        }
        return String.join(": ", texts);
    }

    private static String text(Throwable problem) {
        return Objects.requireNonNullElse(
                problem.getMessage(), problem.getClass().getSimpleName());
    }

    /** Whether this flag stands anywhere on the command line. */
    static boolean wants(String flag, ParseResult result) {
        for (@Nullable ParseResult at = result; at != null; at = at.subcommand()) {
            if (at.matchedOptionValue(flag, false)) {
                return true;
            }
        }
        return false;
    }
}
