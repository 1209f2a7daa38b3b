package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is shipped is listed with its licence, and every licence is one that lets us ship it. */
class LicencesTest {

    private static final Path BILL = Path.of("target", "bom.json");
    private static final Path PAGE = Path.of("..", "docs", "licences.md");

    /** All let a program be used and passed on with what it is made of; copyleft, where there is any, ends at the library. */
    private static final List<String> ACCEPTED = List.of(
            "(CDDL-1.0 OR GPL-2.0-with-classpath-exception)",
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "GPL-2.0-with-classpath-exception",
            "Go License",
            "LGPL-2.1-only",
            "MIT",
            "MIT-0",
            "UPL-1.0");

    private static final List<JsonNode> libraries = new ArrayList<>();

    @BeforeAll
    static void readBill() throws IOException {
        Assumptions.assumeTrue(Files.exists(BILL), "there is no bill of materials; a build without -Dquick makes one");
        Json.MAPPER.readTree(BILL.toFile()).path("components").forEach(component -> {
            if (!component.path("group").asText().equals("com.listingsync")) {
                libraries.add(component);
            }
        });
    }

    @Test
    void listsEverythingThatIsShipped() throws IOException {
        assertThat(page())
                .as("copy console/target/licences.md to docs/licences.md")
                .isEqualTo(Files.readString(PAGE));
    }

    @Test
    void shipsNothingWithALicenceThatForbidsIt() {
        assertThat(libraries)
                .allSatisfy(library ->
                        assertThat(licences(library)).as(name(library)).anyMatch(ACCEPTED::contains));
    }

    private static String page() throws IOException {
        Map<String, String> lines = new TreeMap<>();
        libraries.forEach(library -> lines.put(
                name(library),
                "| " + name(library) + " | " + library.path("version").asText() + " | "
                        + String.join(", ", licences(library)) + " |\n"));
        String page = """
                # What it is made of

                Every library that is shipped, with its licence; a build writes the whole bill of materials (CycloneDX, with hashes) to
                `console/target/bom.json` and `bom.xml`. The list is held to it by a test, and so is that there is no licence among them
                which forbids to ship it.

                | library | version | licence |
                | --- | --- | --- |
                """ + String.join("", lines.values());
        Files.writeString(Path.of("target", "licences.md"), page);
        return page;
    }

    private static String name(JsonNode component) {
        return component.path("group").asText() + ":" + component.path("name").asText();
    }

    /** SPDX identifiers where the library says one, else the licence's own name. */
    private static List<String> licences(JsonNode component) {
        TreeSet<String> found = new TreeSet<>();
        component.path("licenses").forEach(licence -> {
            JsonNode of = licence.path("license");
            found.add(
                    of.has("id")
                            ? of.path("id").asText()
                            : of.path("name").asText(licence.path("expression").asText()));
        });
        return new ArrayList<>(found);
    }
}
