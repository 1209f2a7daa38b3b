package com.listingsync.producer.connection;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * An account at a RESO Web API.
 *
 * @param profile whose rules its server follows
 * @param url service root, such as {@code https://host/odata}; resources are one path segment below it
 * @param auth how requests are authorised
 * @param events name of the resource that is the server's event log; empty when it has none, or it is not to be followed
 * @param feeds what to read, properties first, at least one
 */
public record MlsAccount(Profile profile, URI url, Auth auth, Optional<String> events, List<MlsFeed> feeds)
        implements Source {

    public MlsAccount {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(auth, "auth");
        Objects.requireNonNull(events, "events");
        feeds = List.copyOf(feeds);
    }

    @Override
    public <T> T fold(Function<MlsAccount, T> mls, Function<Spreadsheet, T> spreadsheet) {
        return mls.apply(this);
    }
}
