package com.listingsync.producer.mls;

import static com.listingsync.producer.mls.ScriptedMls.clock;
import static com.listingsync.producer.mls.ScriptedMls.linked;
import static com.listingsync.producer.mls.ScriptedMls.ok;
import static com.listingsync.producer.mls.ScriptedMls.page;
import static com.listingsync.producer.mls.ScriptedMls.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.mls.ScriptedMls.Reading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkPagingTest {

    private final ScriptedMls mls = new ScriptedMls();

    @AfterEach
    void stop() {
        mls.close();
    }

    @Test
    void aLinkIsFollowedThoughThePageIsShort() throws Exception {
        mls.server().enqueue(ok(linked("Property?$skiptoken=2", "1")));
        mls.server()
                .enqueue(ok(
                        linked(mls.server().url("/odata/Property?$skiptoken=3").toString())));
        mls.server().enqueue(ok(page("2")));
        mls.server().enqueue(ok(page()));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.keys()).containsExactly("1", "2");
        mls.nextQuery();
        assertThat(mls.nextQuery().queryParameter("$skiptoken")).isEqualTo("2");
        assertThat(mls.nextQuery().queryParameter("$skiptoken")).isEqualTo("3");
        assertThat(mls.nextQuery().queryParameter("$filter")).contains("gt '2'");
    }

    @Test
    void aLinkThatHasExpiredIsReplacedByTheCursor() throws Exception {
        mls.server().enqueue(ok(linked("Property?$skiptoken=2", "1")));
        mls.server().enqueue(status(404).build());
        mls.server().enqueue(ok(page("2")));
        mls.server().enqueue(ok(page()));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.keys()).containsExactly("1", "2");
        assertThat(reading.problem()).isNull();
    }

    @Test
    void aLinkThatLeadsBackStopsTheReading() throws Exception {
        mls.server().enqueue(ok(linked("Property?$skiptoken=2", "1")));
        mls.server().enqueue(ok(linked("Property?$skiptoken=2", "2")));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.problem())
                .isEqualTo("feed property makes no progress: a nextLink leads back to a page that was read before");
    }

    @Test
    void aLinkIsTheWholePagingOfAServerThatDoesNotSort() throws Exception {
        mls.server().enqueue(ok(linked("Property?p=2", "3")));
        mls.server().enqueue(ok(page("1", "2")));

        Reading reading = mls.read(Paging.NEXT_LINK);

        assertThat(reading.keys()).containsExactly("3", "1", "2");
        assertThat(mls.server().getRequestCount()).isEqualTo(2);
        assertThat(reading.states().get(0).at()).isEqualTo(Cursor.FIRST);
        assertThat(reading.states().get(0).link())
                .isEqualTo(mls.server().url("/odata/Property?p=2").toString());
        assertThat(reading.states().get(1)).isEqualTo(new ReadState(new Cursor(clock("3"), "0"), null, null));
    }

    @Test
    void anEmptyEndOfALongChainIsAskedForTwice() throws Exception {
        mls.server().enqueue(ok(linked("Property?p=2", "3")));
        mls.server().enqueue(ok(page()));
        mls.server().enqueue(ok(page("5")));

        Reading reading = mls.read(Paging.NEXT_LINK);

        assertThat(reading.keys()).containsExactly("3", "5");
        assertThat(reading.problem()).isNull();
    }
}
