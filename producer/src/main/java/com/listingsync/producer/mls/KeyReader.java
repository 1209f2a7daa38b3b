package com.listingsync.producer.mls;

import com.listingsync.producer.presence.Sweep;
import com.listingsync.producer.upstream.TooMuch;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads all keys of a feed, page by page to the end. Anything but the end of the feed is an exception: a sweep that read half of
 * the keys would take the other half for gone. Confined to one thread; one reading each.
 */
final class KeyReader {

    /** Answers to a nextLink that has expired or was forgotten by a restart of the server. */
    private static final Set<Integer> LINK_GONE = Set.of(400, 404, 410);

    /** Pages without a record that a chain of links may have. */
    private static final int EMPTY_PAGES = 100;

    private final UpstreamHttp http;
    private final KeyQuery query;
    private final RecordShape shape;
    private final PageSize pageSize;
    private final Set<String> lastKeys = new HashSet<>();
    private final Set<String> links = new HashSet<>();
    private HttpUrl url;
    private boolean linked;
    private int emptyPages;
    private @Nullable String lastKey;
    private Optional<Long> count = Optional.empty();

    KeyReader(UpstreamHttp http, KeyQuery query, PageSize pageSize) {
        this.http = http;
        this.query = query;
        this.shape = new RecordShape(query.feed());
        this.pageSize = pageSize;
        this.url = query.first(pageSize.current());
    }

    /**
     * Hands every key on.
     *
     * @return how many the server said there are; empty when it did not say
     * @throws UpstreamException when they can't be read to their end
     */
    Optional<Long> readAll(Sweep into) throws InterruptedException {
        boolean more = true;
        while (more) {
            try {
                PageInfo page = page(into);
                pageSize.pageArrived();
                count = count.or(() -> Optional.ofNullable(page.count()));
                more = advance(page);
            } catch (UpstreamException e) {
                anotherWay(e);
            }
        }
        return count;
    }

    private PageInfo page(Sweep into) throws InterruptedException {
        // When the page breaks, what came of it are keys that the server has; it is asked for again.
        TooMuch tooMuch = !linked && pageSize.canShrink() ? TooMuch.GIVES_UP : TooMuch.REPEATS;
        return http.get(
                url,
                tooMuch,
                body -> new PageParser(url.host(), shape, record -> take(record, into)).read(body.byteStream()));
    }

    private void take(MlsRecord record, Sweep into) {
        String key = record.key();
        if (key == null) {
            throw new UpstreamException(Kind.FINAL, "feed " + query.feed().name() + ": a record without a key", null);
        }
        if (record.hasLongKey()) {
            // It never went onto a topic, so there is nothing that could be missing.
            return;
        }
        if (!record.foreign()) {
            into.atServer(key, record.at() == null ? 0 : SourceTime.micros(record.at()), record.deleted());
        }
        lastKey = key;
    }

    /** Goes on in another way after this trouble; throws it on when there is none. */
    private void anotherWay(UpstreamException trouble) {
        if (linked && query.sorted() && LINK_GONE.contains(trouble.status())) {
            goOnByKey();
        } else if (!linked && trouble.kind() == Kind.TOO_MUCH && pageSize.shrink()) {
            url = lastKey == null ? query.first(pageSize.current()) : query.after(lastKey, pageSize.current());
        } else {
            throw trouble;
        }
    }

    private boolean advance(PageInfo page) {
        String link = page.nextLink();
        emptyPages = page.records() == 0 ? emptyPages + 1 : 0;
        if (link != null) {
            if (!links.add(link) || emptyPages > EMPTY_PAGES) {
                throw stuck("its nextLinks lead nowhere");
            }
            url = NextLink.resolve(url, link);
            linked = true;
            return true;
        }
        if (!query.sorted() || page.records() == 0) {
            return false;
        }
        goOnByKey();
        return true;
    }

    private void goOnByKey() {
        String after = lastKey;
        if (after == null || !lastKeys.add(after)) {
            throw stuck("the page after a key ends with the same key: the server does not sort by "
                    + query.feed().keyField());
        }
        linked = false;
        url = query.after(after, pageSize.current());
    }

    private UpstreamException stuck(String why) {
        return new UpstreamException(Kind.FINAL, "feed " + query.feed().name() + " makes no progress: " + why, null);
    }
}
