package com.listingsync.producer.mls;

import static com.listingsync.producer.mls.ScriptedMls.clock;
import static com.listingsync.producer.mls.ScriptedMls.ok;
import static com.listingsync.producer.mls.ScriptedMls.page;
import static com.listingsync.producer.mls.ScriptedMls.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.mls.ScriptedMls.Reading;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ScriptedMls mls = new ScriptedMls();

    @AfterEach
    void stop() {
        mls.close();
    }

    @Test
    void aReadingThatMovesNothingStopsAndSaysWhere() throws Exception {
        for (int i = 0; i < 4; i++) {
            mls.server().enqueue(ok(page("1", "2")));
        }

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.problem())
                .isEqualTo("feed property makes no progress: asked by key for what lies from " + clock("1")
                        + " to before " + clock("3") + ", the server gives other records, or the same again");
    }

    @Test
    void aReadingThatGoesBackStopsAndSaysWhere() throws Exception {
        mls.server().enqueue(ok(page("5")));
        mls.server().enqueue(ok(page("4")));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.problem()).contains("ends earlier", "does not sort");
    }

    @Test
    void aReadingOfRecordsWithoutAClockStopsAndSaysSo() throws Exception {
        mls.server().enqueue(ok("{\"value\":[{\"ListingKey\":\"1\"}]}"));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.problem()).contains("none of the 1 records", "key and clock");
    }

    @Test
    void aReadingOfAHostThatIsNotThereSaysSo() throws Exception {
        HttpUrl gone = mls.server().url("/odata");
        mls.server().close();

        Reading reading = mls.read(Paging.COMPOUND_CURSOR, Cursor.FIRST, token(), gone);

        assertThat(reading.problem()).isEqualTo(gone.host() + ": can't be reached; check the url and the network");
    }
}
