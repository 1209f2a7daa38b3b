package com.listingsync.processor.topology;

import com.listingsync.common.mapping.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Mappings that differ from the standard one in one place. */
final class TestMapping {

    private TestMapping() {}

    /** The standard mapping with the first occurrence of {@code text} replaced. */
    static Mapping standardWith(String text, String replacement) {
        String standard = Mapping.standardText();
        int at = standard.indexOf(text);
        if (at < 0) {
            throw new IllegalArgumentException("the standard mapping has no '" + text + "'");
        }
        return of(standard.substring(0, at) + replacement + standard.substring(at + text.length()));
    }

    static Mapping of(String yaml) {
        try {
            Path file = Files.createTempFile("mapping", ".yaml");
            try {
                return Mapping.load(Files.writeString(file, yaml));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
