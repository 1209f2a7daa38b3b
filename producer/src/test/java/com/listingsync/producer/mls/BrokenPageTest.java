package com.listingsync.producer.mls;

import static com.listingsync.producer.mls.ScriptedMls.ok;
import static com.listingsync.producer.mls.ScriptedMls.page;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.mls.ScriptedMls.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenPageTest {

    private final ScriptedMls mls = new ScriptedMls();

    @AfterEach
    void stop() {
        mls.close();
    }

    @Test
    void aBrokenPageIsReadAgainAndWhatCameOfItIsDropped() throws Exception {
        String page = page("1", "2", "3");
        mls.server()
                .enqueue(new MockResponse.Builder()
                        .body(page)
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());
        mls.server().enqueue(ok("<html>We'll be back soon</html>"));
        mls.server().enqueue(ok(page.substring(0, page.length() - 20)));
        mls.server().enqueue(ok(""));
        mls.server().enqueue(ok(page));
        mls.server().enqueue(ok(page()));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.keys()).containsExactly("1", "2", "3");
        assertThat(reading.problem()).isNull();
    }

    @Test
    void aBrokenPageEndsTheReadingInWordsWhenItNeverMends() throws Exception {
        mls.server().enqueue(ok(page("1")));
        for (int i = 0; i < 5; i++) {
            mls.server().enqueue(ok("<html></html>"));
        }

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.keys()).containsExactly("1");
        assertThat(reading.problem())
                .isEqualTo(mls.server().getHostName() + " answered with something that is not JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<!DOCTYPE html><html><body>Maintenance</body></html>",
                "{\"value\":[{\"ListingKey\":\"1\"}",
                "{\"@odata.context\":\"x\"}",
                "{\"value\":null}",
                "{\"error\":{\"code\":\"500\"}}"
            })
    void anAnswerThatIsNoPageIsNeverTheEnd(String body) throws Exception {
        mls.server().enqueue(ok(page("1")));
        mls.server().enqueue(ok(body));
        mls.server().enqueue(ok(page("2")));
        mls.server().enqueue(ok(page()));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.keys()).containsExactly("1", "2");
        assertThat(reading.problem()).isNull();
    }

    @Test
    void aCompressedPageIsReadAndACompressedPageThatIsCutShortIsNot() throws Exception {
        Buffer whole = gzip(page("1", "2", "3"));
        Buffer cut = new Buffer();
        cut.write(whole.clone(), whole.size() - 12);
        mls.server().enqueue(compressed(cut));
        mls.server().enqueue(compressed(whole));
        mls.server().enqueue(ok(page()));

        Reading reading = mls.read(Paging.COMPOUND_CURSOR);

        assertThat(reading.keys()).containsExactly("1", "2", "3");
        assertThat(mls.server().takeRequest().getHeaders().get("Accept-Encoding"))
                .isEqualTo("gzip");
    }

    @Test
    void aBodyThatEndsBeforeItsLengthIsAnErrorAndNotAnEnd() throws Exception {
        // Ten bytes fewer than announced, so that what came is a whole page.
        mls.server()
                .enqueue(new MockResponse.Builder()
                        .body(page("1") + " ".repeat(100_000))
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());
        mls.server().enqueue(ok(page("1", "2")));
        mls.server().enqueue(ok(page()));

        assertThat(mls.read(Paging.COMPOUND_CURSOR).keys()).containsExactly("1", "2");
    }

    @Test
    void aBodyThatGrowsWithoutEndIsGivenUp() throws Exception {
        mls.server()
                .enqueue(compressed(gzip("{\"value\":[" + ("{\"a\":\"" + "x".repeat(500_000) + "\"},").repeat(500))));

        assertThat(mls.read(Paging.COMPOUND_CURSOR).problem())
                .isEqualTo(mls.server().getHostName() + " answered with more than that many records can have");
    }

    @Test
    void aRecordThatGrowsWithoutEndIsGivenUp() throws Exception {
        mls.server().enqueue(compressed(gzip("{\"value\":[{\"a\":[" + "1,".repeat(10_000_000))));

        assertThat(mls.read(Paging.COMPOUND_CURSOR).problem())
                .isEqualTo(mls.server().getHostName() + " answered with a record of more than 16 MiB");
    }

    private static Buffer gzip(String body) {
        Buffer compressed = new Buffer();
        try (BufferedSink sink = Okio.buffer(new GzipSink(compressed))) {
            sink.writeUtf8(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed;
    }

    private static MockResponse compressed(Buffer body) {
        return new MockResponse.Builder()
                .setHeader("Content-Encoding", "gzip")
                .body(body.clone())
                .build();
    }
}
