package com.listingsync.producer.mls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.event.Entity;
import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.upstream.UpstreamException;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedQueryTest {

    private static final HttpUrl ROOT = HttpUrl.get("https://mls.example.com/odata");
    private static final Cursor CURSOR = new Cursor("2026-11-22T08:00:00Z", "W'1");

    @Test
    void asksForWhatComesAfterTheLastRecordByClockAndKey() {
        FeedQuery query = new FeedQuery(ROOT, Feeds.property(Paging.COMPOUND_CURSOR), true, List.of());

        HttpUrl url = query.after(CURSOR, 500);

        assertThat(url.encodedPath()).isEqualTo("/odata/Property");
        assertThat(url.queryParameter("$filter"))
                .isEqualTo("((ModificationTimestamp gt 2026-11-22T08:00:00Z)"
                        + " or (ModificationTimestamp eq 2026-11-22T08:00:00Z and ListingKey gt 'W''1'))");
        assertThat(url.queryParameter("$orderby")).isEqualTo("ModificationTimestamp,ListingKey");
        assertThat(url.queryParameter("$top")).isEqualTo("500");
        assertThat(url.queryParameter("$count")).isNull();
    }

    @Test
    void beginsWhereAmpreMandatesAndAsksForTheCount() {
        FeedQuery query = new FeedQuery(ROOT, Feeds.property(Paging.COMPOUND_CURSOR), true, List.of());

        HttpUrl url = query.first(Cursor.FIRST, 10);

        assertThat(url.queryParameter("$filter"))
                .contains("1970-01-01T00:00:00Z")
                .contains("ListingKey gt '0'");
        assertThat(url.queryParameter("$count")).isEqualTo("true");
    }

    @Test
    void asksByClockAloneAndWithoutAnOrderWhenPagingByLink() {
        FeedQuery query = new FeedQuery(ROOT, Feeds.property(Paging.NEXT_LINK), false, List.of());

        HttpUrl url = query.first(CURSOR, 10);

        assertThat(url.queryParameter("$filter")).isEqualTo("ModificationTimestamp gt 2026-11-22T08:00:00Z");
        assertThat(url.queryParameterNames()).containsExactly("$filter", "$top");
    }

    @Test
    void asksForTheMediaOfListingsOnly() {
        FeedQuery query =
                new FeedQuery(ROOT, Feeds.of(Entity.MEDIA, Paging.COMPOUND_CURSOR), true, List.of("W1", "W2"));

        assertThat(query.after(CURSOR, 1).queryParameter("$filter"))
                .startsWith(
                        "ResourceName eq 'Property' and (ResourceRecordKey eq 'W1' or ResourceRecordKey eq 'W2') and"
                                + " ((MediaModificationTimestamp gt ");
    }

    @Test
    void sendsAnOffsetSoThatItIsNotReadAsASpace() {
        FeedQuery query = new FeedQuery(ROOT, Feeds.property(Paging.NEXT_LINK), false, List.of());

        HttpUrl url = query.after(new Cursor("2026-11-22T08:00:00+01:00", "1"), 1);

        assertThat(url.encodedQuery()).contains("08:00:00%2B01:00");
    }

    @Test
    void followsAbsoluteAndRelativeLinksOnTheSameServer() {
        HttpUrl from = ROOT.newBuilder().addPathSegment("Media").build();

        assertThat(NextLink.resolve(from, "https://mls.example.com/odata/Media?$skiptoken=a"))
                .hasToString("https://mls.example.com/odata/Media?$skiptoken=a");
        assertThat(NextLink.resolve(from, "Media?$skiptoken=b"))
                .hasToString("https://mls.example.com/odata/Media?$skiptoken=b");
        assertThat(NextLink.resolve(from, "/odata/Media?p=2")).hasToString("https://mls.example.com/odata/Media?p=2");
    }

    @Test
    void sendsTheTokenToNoOtherServer() {
        assertThatThrownBy(() -> NextLink.resolve(ROOT, "https://elsewhere.example.com/odata/Media?p=2"))
                .isInstanceOf(UpstreamException.class)
                .hasMessageContaining("another server");
        assertThatThrownBy(() -> NextLink.resolve(ROOT, "http://mls.example.com/odata/Media?p=2"))
                .hasMessageContaining("another server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//elsewhere.example.com/odata/Media",
                "\\\\elsewhere.example.com\\odata",
                "https://mls.example.com@elsewhere.example.com/odata",
                "https://mls.example.com.elsewhere.example.com/odata",
                "https://mls.example.com:8443/odata",
                "http://169.254.169.254/latest/meta-data",
                "http://127.0.0.1:8081/metrics",
                "ftp://mls.example.com/odata",
                "file:///etc/passwd"
            })
    void followsNoLinkAwayFromItsServer(String link) {
        assertThatThrownBy(() -> NextLink.resolve(ROOT, link)).isInstanceOf(UpstreamException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "W1' or 1 eq 1 or ListingKey eq '",
                "W1&$top=1000000&$filter=true",
                "W1#fragment",
                "W1%27 or 1 eq 1",
                "W1\r\nHost: elsewhere.example.com"
            })
    void keepsAKeyWithinItsQuotes(String key) {
        FeedQuery query = new FeedQuery(ROOT, Feeds.property(Paging.COMPOUND_CURSOR), false, List.of(key));

        HttpUrl url = query.after(CURSOR, 500);

        assertThat(url.queryParameterNames()).containsExactlyInAnyOrder("$filter", "$orderby", "$top");
        assertThat(url.queryParameterValues("$top")).containsExactly("500");
        assertThat(url.queryParameterValues("$filter")).hasSize(1);
        // What a line break was is left out of an address.
        assertThat(url.queryParameter("$filter"))
                .contains("ListingKey eq '" + key.replace("'", "''").replaceAll("[\r\n]", "") + "'");
        assertThat(url.toString()).doesNotContain("\r", "\n");
        assertThat(url.fragment()).isNull();
    }

    @Test
    void goesBackByTheOverlapButNotBeforeTheBeginning() {
        assertThat(CURSOR.minus(Duration.ofMinutes(10))).isEqualTo(new Cursor("2026-11-22T07:50:00Z", "0"));
        assertThat(CURSOR.minus(Duration.ZERO)).isEqualTo(CURSOR);
        assertThat(Cursor.FIRST.minus(Duration.ofDays(1))).isEqualTo(Cursor.FIRST);
    }
}
