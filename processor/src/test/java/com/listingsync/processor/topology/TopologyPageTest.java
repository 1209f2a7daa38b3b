package com.listingsync.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code docs/topology.md} shows the topology as it is; after a change, copy what this test expects into the page. */
class TopologyPageTest {

    private static final Path PAGE = Path.of("..", "docs", "topology.md");
    private static final String BEGIN = "<!-- generated: topology -->\n```\n";
    private static final String END = "```\n<!-- end -->";

    @Test
    void showsTopologyAsItIs() throws IOException {
        String page = Files.readString(PAGE);

        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String shown = page.substring(begin, page.indexOf(END, begin));

        assertThat(shown).isEqualTo(described());
    }

    private static String described() {
        try (Meters meters = new Meters()) {
            ListingSetup setup = new ListingSetup(
                    new Topics("listings", 12),
                    Mapping.standard(),
                    new ProcessorMeters(meters),
                    Duration.ofDays(7),
                    Duration.ofSeconds(45),
                    partition -> {
                        throw new UnsupportedOperationException("a description reads no log");
                    });
            ListingTopology topology = new ListingTopology(setup, StoreKind.ROCKSDB);
            return topology.get().describe().toString().strip() + "\n";
        }
    }
}
