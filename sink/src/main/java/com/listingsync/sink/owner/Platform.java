package com.listingsync.sink.owner;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A social media platform whose posts can be taken down. */
public enum Platform {
    /** Posts of Pages, over the Graph API. */
    FACEBOOK("Facebook", "https://graph.facebook.com", "v25.0", "\\d{1,30}(_\\d{1,30})?"),
    /** Media of professional accounts, over the Graph API with Facebook Login; the other login can't delete. */
    INSTAGRAM("Instagram", "https://graph.facebook.com", "v25.0", "\\d{1,30}"),
    /** Posts of organisations and members, over the versioned REST API. */
    LINKEDIN("LinkedIn", "https://api.linkedin.com", "202610", "urn:li:(share|ugcPost):\\d{1,30}");

    private final String title;
    private final String url;
    private final String version;

    @SuppressWarnings("ImmutableEnumChecker") // Patterns are immutable.
    private final Pattern postId;

    Platform(String title, String url, String version, String postId) {
        this.title = title;
        this.url = url;
        this.version = version;
        this.postId = Pattern.compile(postId);
    }

    /** The platform of this name in tables and files; empty when we know none. */
    public static Optional<Platform> of(String wireName) {
        return Arrays.stream(values())
                .filter(platform -> platform.wireName().equals(wireName.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The lower-case name used in tables, files, meters and headers. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** Whether this looks like the id of a post there: anything else is never sent, for it would name something else. */
    public boolean hasPostId(String id) {
        return postId.matcher(id).matches();
    }

    String defaultUrl() {
        return url;
    }

    String defaultVersion() {
        return version;
    }
}
