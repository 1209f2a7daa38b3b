package com.listingsync.console.command;

import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.MappingCheck;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.mapping.CheckReport;
import com.listingsync.console.mapping.SampleFile;
import com.listingsync.console.mapping.Trial;
import com.listingsync.console.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mapping check}. Confined to the main thread. */
@Command(
        name = "check",
        description =
                "Says everything that is wrong with a mapping file, or probably wrong, and what it makes of sample records."
                        + " Exit code 1 when the file can't be used or a sample record would be refused.",
        footer = {
            "  ./listing-sync mapping check mapping.yaml",
            "  ./listing-sync mapping check mapping.yaml --sample page.json --json"
        })
final class MappingCheckCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The mapping file; when left out, what SYNC_MAPPING names, or the default mapping.")
    private @Nullable Path file;

    @Option(
            names = "--sample",
            paramLabel = "FILE",
            description =
                    "Records to try: a JSON record, an array, one in each line, or a page of an MLS; shows the rows they become.")
    private @Nullable Path sample;

    @Option(
            names = "--entity",
            paramLabel = "ENTITY",
            description =
                    "What the sample records are: property, media, rooms, openhouse or sheet; else each record's key tells.")
    private @Nullable String entity;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    MappingCheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        MappingCheck check = MappingCheck.of(text());
        List<Trial> trials =
                check.mapping().map(mapping -> trials(mapping, samples())).orElse(List.of());
        CheckReport report = new CheckReport(name(), check, trials);
        if (json) {
            shell.out().println(report.json().toPrettyString());
        } else {
            report.lines().forEach(shell.out()::println);
        }
        return report.good() ? 0 : Failures.FAILED;
    }

    private List<Trial> trials(Mapping mapping, Optional<SampleFile> samples) {
        return samples.map(file -> Trial.all(mapping, file)).orElse(List.of());
    }

    private Optional<SampleFile> samples() {
        return Optional.ofNullable(sample).map(path -> SampleFile.read(path, kind()));
    }

    private Optional<Entity> kind() {
        if (entity == null) {
            return Optional.empty();
        }
        Optional<Entity> kind = Entity.of(entity);
        if (kind.isEmpty()) {
            throw new WrongUsage(
                    "--entity: expected property, media, rooms, openhouse or sheet; found '" + entity + "'");
        }
        return kind;
    }

    private String name() {
        return path().map(Path::toString).orElse("default mapping");
    }

    private String text() {
        if (path().isEmpty()) {
            return Mapping.standardText();
        }
        Path path = path().get();
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new SettingsException("there is no mapping file " + path);
        } catch (IOException e) {
            throw new SettingsException("the mapping file " + path + " can't be read: " + e.getMessage());
        }
    }

    private Optional<Path> path() {
        String set = shell.environment().getOrDefault(Mapping.SETTING, "");
        return file != null
                ? Optional.of(file)
                : Optional.of(set).filter(text -> !text.isEmpty()).map(Path::of);
    }
}
