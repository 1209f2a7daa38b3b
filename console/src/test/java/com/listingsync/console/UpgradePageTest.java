package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.wire.RecordHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

/** What docs/upgrade.md says of versions, against what readers of records say. */
class UpgradePageTest {

    private final String page = Files.readString(Path.of("../docs/upgrade.md"));

    UpgradePageTest() throws IOException {}

    @Test
    void quotesWhatIsSaidOfARecordOfANewerRelease() {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.write(new RowEvent("media", Operation.UPSERT, 1, Optional.empty()), headers);
        int next = Integer.parseInt(RecordHeaders.SCHEMA_VERSION) + 1;
        headers.remove(RecordHeaders.SCHEMA);
        RecordHeaders.put(headers, RecordHeaders.SCHEMA, Integer.toString(next));

        String said = catchThrowable(() -> RecordHeaders.readRow(headers)).getMessage();

        assertThat(page).contains("`" + said.substring(0, said.indexOf(';')) + "…`");
    }

    @Test
    void restartsReadersBeforeWriters() {
        List<String> steps = Pattern.compile("^\\d\\. \\*\\*(\\w+)\\*\\*", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(step -> step.group(1))
                .toList();

        assertThat(steps).containsExactly("Database", "Topics", "Sinks", "Processors", "Producers", "Console");
        assertThat(page)
                .containsSubsequence(
                        "up -d --no-deps sink", "up -d --no-deps processor", "up -d --no-deps producer", "console");
    }
}
