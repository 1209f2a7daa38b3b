package com.listingsync.sink.owner;

import com.listingsync.common.setting.Secret;
import java.net.URI;
import java.util.Objects;

/**
 * An owner's account at a platform.
 *
 * @param platform where
 * @param url root of its API, without a path
 * @param version version of its API, as the platform writes it
 * @param token access token that may delete the account's posts
 */
public record PlatformAccount(Platform platform, URI url, String version, Secret token) {

    public PlatformAccount {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(token, "token");
    }
}
