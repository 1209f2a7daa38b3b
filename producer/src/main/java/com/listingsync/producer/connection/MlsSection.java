package com.listingsync.producer.connection;

import com.listingsync.common.connection.Section;
import com.listingsync.common.event.Entity;
import com.listingsync.common.setting.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is particular to a connection of kind {@code mls}. Confined to one thread. */
final class MlsSection {

    /** What AMPRE allows, the most of all profiles (facts.md §1). */
    private static final int MAX_PAGE_SIZE = 10_000;

    /** In the order of a first run: parents before their children. */
    private static final List<Entity> ENTITIES = List.of(Entity.PROPERTY, Entity.MEDIA, Entity.ROOMS, Entity.OPENHOUSE);

    private static final Set<String> OFF = Set.of("off", "false");

    private final Section section;
    private final Profile profile;
    private final Limits limits;

    MlsSection(Section section, Profile profile, Limits limits) {
        this.section = section;
        this.profile = profile;
        this.limits = limits;
    }

    MlsAccount read() {
        URI url = section.address("url");
        return new MlsAccount(
                profile,
                url,
                auth(section.section("auth")),
                section.maybeText("events"),
                feeds(section.section("feeds")));
    }

    private Auth auth(Section auth) {
        boolean token = auth.has("token");
        boolean oauth2 = auth.has("oauth2");
        if (token == oauth2) {
            section.problem("auth", "expected either token or oauth2");
        }
        Auth read = oauth2 ? clientCredentials(auth.section("oauth2")) : token(auth, token);
        auth.refuseUnknownKeys();
        return read;
    }

    private static Auth token(Section auth, boolean present) {
        return new Auth.Token(present ? auth.token("token") : new Secret(""));
    }

    private static Auth clientCredentials(Section oauth2) {
        Auth read = new Auth.ClientCredentials(
                oauth2.address("token_url"),
                oauth2.text("client_id"),
                oauth2.secret("client_secret"),
                oauth2.maybeText("scope"));
        oauth2.refuseUnknownKeys();
        return read;
    }

    private List<MlsFeed> feeds(Section feeds) {
        List<MlsFeed> read = new ArrayList<>();
        List<Entity> wanted =
                ENTITIES.stream().filter(entity -> feeds.has(entity.wireName())).toList();
        Duration usual = Polling.usual(limits, wanted.size());
        for (Entity entity : wanted) {
            Duration interval = entity == Entity.ROOMS ? Polling.SELDOM : usual;
            read.add(feed(entity, feeds.section(entity.wireName()), interval));
        }
        if (read.isEmpty()) {
            section.problem(
                    "feeds", "expected at least one of property, media, rooms, openhouse, such as 'property: {}'");
        }
        feeds.refuseUnknownKeys();
        return read;
    }

    private MlsFeed feed(Entity entity, Section feed, Duration interval) {
        MlsFeed read = new MlsFeed(
                entity,
                feed.maybeText("resource").orElse(MlsFeed.defaultResource(entity)),
                feed.maybeText("key").orElse(MlsFeed.defaultKey(entity)),
                feed.maybeText("clock").orElse(MlsFeed.defaultClock(entity)),
                feed.oneOf("paging", Paging.byName()).orElse(profile.paging()),
                feed.maybeNumber("page_size", 1, MAX_PAGE_SIZE).orElse(profile.pageSize()),
                ConnectionSection.polling(feed, interval),
                feed.duration("overlap", profile.overlap()),
                feed.maybeText("filter"),
                sweeping(entity, feed));
        feed.refuseUnknownKeys();
        return read;
    }

    private Sweeping sweeping(Entity entity, Section feed) {
        Duration usual = entity == Entity.PROPERTY ? Sweeping.LISTINGS : Sweeping.CHILDREN;
        // At 40,000 requests a day (facts.md §1) the keys of millions of photos would take days.
        boolean affordable = entity == Entity.PROPERTY || profile != Profile.MLSGRID;
        // YAML reads a bare off as false.
        boolean off = feed.maybeText("sweep").map(OFF::contains).orElse(!affordable);
        Duration every = off ? usual : feed.duration("sweep", usual);
        if (every.isZero()) {
            feed.problem("sweep", "expected more than zero, or off");
            every = usual;
        }
        return new Sweeping(
                off ? Optional.empty() : Optional.of(every),
                feed.duration("sweep_grace", Sweeping.GRACE),
                feed.share("delete_brake", Sweeping.BRAKE_SHARE),
                feed.maybeNumber("delete_limit", 0, Integer.MAX_VALUE).orElse(Sweeping.BRAKE_LIMIT));
    }
}
