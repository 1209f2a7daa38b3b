package com.listingsync.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the pages are. */
final class Pages {

    static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    private Pages() {}

    /** The README, every page of docs, and the README of each module. */
    static List<Path> all() throws IOException {
        try (Stream<Path> docs = Files.list(TOP.resolve("docs"))) {
            return Stream.concat(
                            docs.filter(file -> file.toString().endsWith(".md")).sorted(),
                            Stream.of(
                                            "README.md",
                                            "console/README.md",
                                            "producer/README.md",
                                            "processor/README.md",
                                            "sink/README.md")
                                    .map(TOP::resolve))
                    .toList();
        }
    }

    /** The sources of a module that are no tests. */
    static List<Path> sources(String module) throws IOException {
        return below(TOP.resolve(module).resolve("src/main/java"), ".java");
    }

    static List<Path> below(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
