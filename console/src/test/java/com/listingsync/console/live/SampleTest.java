package com.listingsync.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.setting.SettingsException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void readsOurOwnMetersWithoutBuckets() {
        String text = """
                # HELP listings_sink_rows_total Rows by outcome.
                # TYPE listings_sink_rows_total counter
                listings_sink_rows_total{outcome="written",table="a \\"quoted\\" one"} 1.5E3
                listings_sink_freshness_seconds_bucket{table="media",le="0.1"} 7
                listings_sink_in_flight 4.0
                jvm_memory_used_bytes{area="heap"} 1
                """;

        assertThat(Sample.of(text))
                .containsExactly(
                        new Sample(
                                "listings_sink_rows_total",
                                Map.of("outcome", "written", "table", "a \"quoted\" one"),
                                1500),
                        new Sample("listings_sink_in_flight", Map.of(), 4));
    }

    @Test
    void readsWhereServicesAnswer() {
        assertThat(ServiceAddresses.parse(" producer=http://a:1 ,sink=http://b:2/, http://c:2")
                        .roots())
                .containsExactly(
                        Map.entry("producer", List.of(URI.create("http://a:1"))),
                        Map.entry("sink", List.of(URI.create("http://b:2"), URI.create("http://c:2"))));
        assertThat(ServiceAddresses.parse("").roots()).isEmpty();
        assertThatThrownBy(() -> ServiceAddresses.parse("http://a:1")).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> ServiceAddresses.parse("sink=ftp://b"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("SYNC_CONSOLE_SERVICES: expected name=http://host:port");
    }
}
