package com.listingsync.producer.mls;

import com.listingsync.producer.connection.MlsAccount;
import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.upstream.TooMuch;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Fetches records of a feed by key, all of them or an exception: what is not among them is not there. Confined to one thread.
 */
final class KeyedRecords {

    /** Keys in one request: a filter of 25 stays under 2 KB, which every server takes. */
    private static final int AT_ONCE = 25;

    /** Pages of one answer; 25 records need one at any sane server. */
    private static final int MOST_PAGES = 50;

    private final UpstreamHttp http;
    private final MlsAccount account;
    private final MlsFeed feed;
    private final RecordShape shape;

    KeyedRecords(UpstreamHttp http, MlsAccount account, MlsFeed feed) {
        this.http = http;
        this.account = account;
        this.feed = feed;
        this.shape = new RecordShape(feed);
    }

    /**
     * The records that are there.
     *
     * @throws UpstreamException when they can't be read to their end
     */
    List<MlsRecord> of(Collection<String> keys) throws InterruptedException {
        List<String> all = List.copyOf(keys);
        List<MlsRecord> records = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            some(all.subList(from, Math.min(all.size(), from + AT_ONCE)), records);
        }
        return records;
    }

    private void some(List<String> keys, List<MlsRecord> into) throws InterruptedException {
        HttpUrl url = FeedQuery.ofKeys(account.url(), feed, keys).after(Cursor.FIRST, AT_ONCE);
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            HttpUrl from = url;
            List<MlsRecord> page = new ArrayList<>();
            PageInfo info = http.get(from, TooMuch.REPEATS, body -> {
                // A page that broke is asked for again, from its beginning.
                page.clear();
                return new PageParser(from.host(), shape, page::add).read(body.byteStream());
            });
            into.addAll(page);
            if (info.nextLink() == null) {
                return;
            }
            url = NextLink.resolve(from, info.nextLink());
        }
        throw new UpstreamException(
                Kind.FINAL,
                "feed " + feed.name() + ": " + keys.size() + " keys fill more than " + MOST_PAGES + " pages",
                null);
    }
}
