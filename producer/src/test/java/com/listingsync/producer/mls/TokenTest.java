package com.listingsync.producer.mls;

import static com.listingsync.producer.mls.ScriptedMls.ok;
import static com.listingsync.producer.mls.ScriptedMls.page;
import static com.listingsync.producer.mls.ScriptedMls.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.mls.ScriptedMls.Reading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenTest {

    private final ScriptedMls mls = new ScriptedMls();

    @AfterEach
    void stop() {
        mls.close();
    }

    @Test
    void aTokenThatIsNotAcceptedStopsTheReadingInClearWords() throws Exception {
        mls.server().enqueue(status(401).build());

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.problem()).contains("HTTP 401", "the token of this connection is not accepted");
        assertThat(mls.server().getRequestCount()).isEqualTo(1);
    }

    @Test
    void aTokenThatDiesInMidRunIsRenewedOnce() throws Exception {
        mls.server().enqueue(ok("{\"access_token\":\"one\",\"expires_in\":3600}"));
        mls.server().enqueue(ok(page("1")));
        mls.server().enqueue(status(401).build());
        mls.server().enqueue(ok("{\"access_token\":\"two\",\"expires_in\":3600}"));
        mls.server().enqueue(ok(page("2")));
        mls.server().enqueue(ok(page()));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR, Cursor.FIRST, mls.clientCredentials());

        assertThat(reading.keys()).containsExactly("1", "2");
        String form = "grant_type=client_credentials&client_id=me&client_secret=s&scope=api";
        assertThat(mls.server().takeRequest().getBodySize()).isEqualTo(form.length());
        assertThat(mls.authorizations(5)).containsExactly("Bearer one", "Bearer one", null, "Bearer two", "Bearer two");
    }

    @Test
    void aTokenThatLivesForEverIsOneLikeAnyOther() throws Exception {
        mls.server().enqueue(ok("{\"access_token\":\"one\",\"expires_in\":9223372036854775807}"));
        mls.server().enqueue(ok(page("1")));
        mls.server().enqueue(ok(page()));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR, Cursor.FIRST, mls.clientCredentials());

        assertThat(reading.keys()).containsExactly("1");
        assertThat(mls.authorizations(3)).containsExactly(null, "Bearer one", "Bearer one");
    }

    @Test
    void aTokenIsRefusedForGoodAfterTheSecondRefusal() throws Exception {
        mls.server().enqueue(ok("{\"access_token\":\"one\",\"expires_in\":3600}"));
        mls.server().enqueue(status(401).build());
        mls.server().enqueue(ok("{\"access_token\":\"two\",\"expires_in\":3600}"));
        mls.server().enqueue(status(401).build());

        Reading reading = mls.read(Paging.COMPOUND_CURSOR, Cursor.FIRST, mls.clientCredentials());

        assertThat(reading.problem()).contains("the token of this connection is not accepted");
        assertThat(mls.server().getRequestCount()).isEqualTo(4);
    }

    @Test
    void aTokenIsNotSentToWhereARedirectLeads() throws Exception {
        mls.server()
                .enqueue(status(302)
                        .setHeader("Location", "https://elsewhere.example.com/")
                        .build());

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.problem()).contains("redirects elsewhere");
    }
}
