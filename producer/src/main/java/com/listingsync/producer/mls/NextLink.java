package com.listingsync.producer.mls;

import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import okhttp3.HttpUrl;

/** Where a nextLink leads: it is absolute or relative, and must stay with the server that the token is for. Pure. */
final class NextLink {

    private NextLink() {}

    /**
     * The address of the next page.
     *
     * @param from the request whose answer held the link
     * @throws UpstreamException when it is no address or leads to another server
     */
    static HttpUrl resolve(HttpUrl from, String link) {
        HttpUrl to = from.resolve(link);
        if (to == null) {
            throw new UpstreamException(Kind.FINAL, from.host() + " gave a nextLink that is no address", null);
        }
        boolean sameOrigin =
                to.scheme().equals(from.scheme()) && to.host().equals(from.host()) && to.port() == from.port();
        if (!sameOrigin) {
            throw new UpstreamException(
                    Kind.FINAL,
                    from.host() + " gave a nextLink to another server (" + to.scheme() + "://" + to.host() + ":"
                            + to.port() + "); the token of this connection is not sent there",
                    null);
        }
        return to;
    }
}
