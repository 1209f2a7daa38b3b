package com.listingsync.producer.mls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.event.Entity;
import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.upstream.UpstreamException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageParserTest {

    private final List<MlsRecord> records = new ArrayList<>();

    @Test
    void keepsEveryByteOfARecord() throws Exception {
        String record = "{ \"ListingKey\":\"W1\", \"ListPrice\": 12.0,\"Big\":12345678901234567890.123456789, \"x\":"
                + " {\"a\":[1, 2 ,{}]},\"Remarks\":\"caf\u00e9 \\u00e9 \\\"q\\\" \ud83c\udfe0\","
                + "\"ModificationTimestamp\":\"2026-11-22T08:00:00Z\"}";

        PageInfo page = read("{\"@odata.context\":\"x\",\"@odata.count\":7,\"value\":[ " + record + " ,\n{}],"
                + "\"@odata.nextLink\":\"next\"}");

        assertThat(text(0)).isEqualTo(record);
        assertThat(text(1)).isEqualTo("{}");
        assertThat(page)
                .isEqualTo(new PageInfo(
                        2,
                        7L,
                        "next",
                        new Cursor("2026-11-22T08:00:00Z", "W1"),
                        new Cursor("2026-11-22T08:00:00Z", "W1")));
    }

    @Test
    void readsTheSameWhereverTheBytesAreCut() throws Exception {
        StringBuilder body = new StringBuilder("\ufeff{\"value\":[");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String record = "{\"ListingKey\":\"K" + i + "\",\"ModificationTimestamp\":\"2026-11-22T08:00:00Z\",\"R\":\""
                    + "\u00e9".repeat(i * 7 % 1000) + "\"}";
            expected.add(record);
            body.append(i == 0 ? "" : ",").append(record);
        }
        byte[] bytes = body.append("]}").toString().getBytes(StandardCharsets.UTF_8);

        parser(Entity.PROPERTY).read(new InPieces(bytes));

        assertThat(records.stream().map(record -> new String(record.json(), StandardCharsets.UTF_8)))
                .isEqualTo(expected);
    }

    @Test
    void seesKeyListingClockAndDeletion() throws Exception {
        parser(Entity.MEDIA)
                .read(bytes("{\"value\":[{\"MediaKey\":5,\"ResourceRecordKey\":\"W1\",\"ResourceName\":\"Property\","
                        + "\"MediaModificationTimestamp\":\"2026-11-22T08:00:00\",\"MediaStatus\":\"Deleted\"},"
                        + "{\"ResourceName\":\"Member\"},17]}"));

        assertThat(records).extracting(MlsRecord::key).containsExactly("5", null, null);
        assertThat(records.get(0).listing()).isEqualTo("W1");
        assertThat(records.get(0).deleted()).isTrue();
        assertThat(records.get(0).cursor()).isEqualTo(new Cursor("2026-11-22T08:00:00Z", "5"));
        assertThat(records.get(1).foreign()).isTrue();
        assertThat(records.get(2).object()).isFalse();
        assertThat(text(2)).isEqualTo("17");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<!DOCTYPE html><html></html>",
                "[]",
                "{\"value\":[{\"ListingKey\":\"W1\"}",
                "{\"value\":[{\"ListingKey\":\"W1",
                "{\"value\":[]",
                "{\"value\":{}}",
                "{}",
                "{\"error\":{\"message\":\"down\"}}",
                "{\"value\":[]}<html>"
            })
    void takesNothingButAWholePageForAnAnswer(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.retryable()).isTrue())
                .hasMessageStartingWith("mls.example.com answered with ");
    }

    private PageInfo read(String body) throws IOException, InterruptedException {
        return parser(Entity.PROPERTY).read(bytes(body));
    }

    private PageParser parser(Entity entity) {
        return new PageParser(
                "mls.example.com", new RecordShape(Feeds.of(entity, Paging.COMPOUND_CURSOR)), records::add);
    }

    private String text(int record) {
        return new String(records.get(record).json(), StandardCharsets.UTF_8);
    }

    private static InputStream bytes(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives its bytes out in small pieces of random size, as a network does. */
    private static final class InPieces extends ByteArrayInputStream {
        private final Random random = new Random(3);

        InPieces(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1 + random.nextInt(700)));
        }
    }
}
