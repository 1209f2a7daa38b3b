package com.listingsync.sink.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.sink.batch.Rows;
import java.io.IOException;
import okio.Buffer;
import org.junit.jupiter.api.Test;

class BatchBodyTest {

    @Test
    void joinsItsRowsByteForByte() throws IOException {
        assertThat(written(3)).isEqualTo("[{\"id\":\"r00000\"},{\"id\":\"r00001\"},{\"id\":\"r00002\"}]");
        assertThat(written(1)).isEqualTo("[{\"id\":\"r00000\"}]");
    }

    @Test
    void announcesTheLengthItHas() throws IOException {
        assertThat(new BatchBody(Rows.batch(3)).contentLength())
                .isEqualTo(written(3).length());
    }

    private static String written(int rows) throws IOException {
        Buffer written = new Buffer();
        new BatchBody(Rows.batch(rows)).writeTo(written);
        return written.readUtf8();
    }
}
