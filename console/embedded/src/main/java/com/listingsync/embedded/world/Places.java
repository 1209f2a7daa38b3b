package com.listingsync.embedded.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The neighbourhoods, streets, brokerages and agents that listings are made of, read from this package's resources. */
final class Places {
    static final List<Area> AREAS =
            lines("areas.tsv").skip(1).map(line -> area(line.split("\t", -1))).toList();
    static final List<Street> STREETS = lines("streets.txt")
            .map(line -> line.split("\t", -1))
            .map(cells -> new Street(cells[0], cells[1], cells[2]))
            .toList();
    static final List<String> BROKERAGES = lines("brokerages.txt").toList();
    static final List<String> AGENTS = lines("agents.txt").toList();

    private Places() {}

    private static Area area(String[] cells) {
        return new Area(
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                cells[4],
                cells[5],
                Double.parseDouble(cells[6]),
                Double.parseDouble(cells[7]),
                Integer.parseInt(cells[8]));
    }

    static Stream<String> lines(String resource) {
        try (InputStream in = Places.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The sample world's resource " + resource + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            // Nothing is lost: the jar is damaged, and whoever starts the sample sees it at once.
            throw new UncheckedIOException("Can't read the sample world's resource " + resource, e);
        }
    }
}
