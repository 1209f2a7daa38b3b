package com.listingsync.sink.owner;

import com.listingsync.common.connection.Section;
import com.listingsync.common.setting.Secret;
import java.net.URI;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of {@code owners}. Confined to one thread. */
final class OwnerSection {

    /** The word of the standard vocabulary for a listing that is sold, leased or rented. */
    private static final String SOLD = "closed";

    private static final Map<String, Boolean> ON_OFF = Map.of("true", true, "false", false);

    private final Section section;

    OwnerSection(Section section) {
        this.section = section;
    }

    Owner read() {
        String name = section.text("name");
        Map<Platform, PlatformAccount> accounts = new EnumMap<>(Platform.class);
        for (Platform platform : Platform.values()) {
            if (section.has(platform.wireName())) {
                accounts.put(platform, account(platform, section.section(platform.wireName())));
            }
        }
        Subscription subscription = section.has("notify") ? subscription(section.section("notify")) : Subscription.NONE;
        section.refuseUnknownKeys();
        return new Owner(name, accounts, subscription);
    }

    private static PlatformAccount account(Platform platform, Section account) {
        URI url = account.maybeAddress("url").orElseGet(() -> URI.create(platform.defaultUrl()));
        String version = account.maybeText("version").orElse(platform.defaultVersion());
        boolean graph = platform != Platform.LINKEDIN;
        if (!version.matches(graph ? "v\\d+\\.\\d+" : "\\d{6}")) {
            account.problem("version", graph ? "expected one such as v25.0" : "expected one such as 202610");
        }
        if (platform == Platform.INSTAGRAM && "graph.instagram.com".equals(url.getHost())) {
            // Meta's reference of IG Media: deleting needs a token of Facebook Login, on graph.facebook.com.
            account.problem(
                    "url", "graph.instagram.com can't delete posts; leave it out and use a Facebook Login token");
        }
        Secret token = account.token("token");
        account.refuseUnknownKeys();
        return new PlatformAccount(platform, url, version, token);
    }

    private static Subscription subscription(Section notify) {
        Set<String> statuses = new LinkedHashSet<>(notify.texts("statuses", List.of(SOLD)));
        boolean failedRuns = notify.oneOf("failed_runs", ON_OFF).orElse(true);
        Optional<Webhook> webhook = notify.has("webhook") ? webhook(notify.section("webhook")) : Optional.empty();
        List<String> mailboxes = notify.texts("email", List.of());
        if (mailboxes.stream().anyMatch(mailbox -> !Mailbox.looksRight(mailbox))) {
            notify.problem("email", "expected an address such as agent@example.com, or a list of them");
        }
        if (webhook.isEmpty() && mailboxes.isEmpty()) {
            notify.problem("webhook", "expected a webhook, an email or both");
        }
        notify.refuseUnknownKeys();
        return new Subscription(statuses, failedRuns, webhook, mailboxes);
    }

    private static Optional<Webhook> webhook(Section webhook) {
        URI url = webhook.address("url");
        Secret secret = webhook.secret("secret");
        webhook.refuseUnknownKeys();
        if (!Webhook.wellFormed(secret)) {
            webhook.problem("secret", Webhook.SECRET_FORM);
            return Optional.empty();
        }
        return Optional.of(new Webhook(url, secret));
    }
}
