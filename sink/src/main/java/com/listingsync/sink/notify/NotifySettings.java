package com.listingsync.sink.notify;

import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.Secret;
import com.listingsync.sink.owner.Mailbox;
import com.listingsync.sink.owner.Subscription;
import com.listingsync.sink.owner.Webhook;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told of failed runs for the whole deployment, and how persistently people are told.
 *
 * @param webhookUrl told of every failed run; empty for nobody
 * @param webhookSecret key of its signatures
 * @param mailboxes told of every failed run; empty for nobody
 * @param retryDelay wait before a notice is sent a second time
 * @param giveUpAfter how long a notice is tried
 */
public record NotifySettings(
        @Env(
                name = "SYNC_NOTIFY_WEBHOOK_URL",
                fallback = "",
                doc =
                        "Webhook that is told of every failed run; empty for none. Owners' own stand in the connections file.")
        String webhookUrl,

        @Env(
                name = "SYNC_NOTIFY_WEBHOOK_SECRET",
                fallback = "",
                doc = "Key of that webhook's signatures: whsec_ and 24 to 64 random bytes in Base64.")
        Secret webhookSecret,

        @Env(
                name = "SYNC_NOTIFY_EMAIL",
                fallback = "",
                doc =
                        "Addresses that are told of every failed run, comma-separated; empty for none. Needs SYNC_SMTP_HOST.")
        List<String> mailboxes,

        @Env(
                name = "SYNC_NOTIFY_RETRY_DELAY",
                fallback = "5s",
                doc = "Wait before a notice is sent a second time; it doubles with each further try, up to 15 minutes.")
        Duration retryDelay,

        @Env(
                name = "SYNC_NOTIFY_GIVE_UP",
                fallback = "6h",
                doc = "How long a notice is tried before it is logged as failed and dropped.")
        Duration giveUpAfter) {

    public NotifySettings {
        mailboxes = List.copyOf(mailboxes);
        if (!webhookUrl.isBlank()) {
            check(
                    webhookUrl.strip().matches("https?://[^/\\s]+.*"),
                    "SYNC_NOTIFY_WEBHOOK_URL: expected an http or https address");
            check(Webhook.wellFormed(webhookSecret), "SYNC_NOTIFY_WEBHOOK_SECRET: " + Webhook.SECRET_FORM);
        }
        check(
                mailboxes.stream().allMatch(Mailbox::looksRight),
                "SYNC_NOTIFY_EMAIL: expected addresses such as ops@example.com, comma-separated");
        check(retryDelay.toMillis() >= 1, "SYNC_NOTIFY_RETRY_DELAY: expected at least 1ms");
        check(giveUpAfter.toMillis() >= 1, "SYNC_NOTIFY_GIVE_UP: expected at least 1ms");
    }

    /** What whoever runs the deployment wants to be told. */
    Subscription deployment() {
        Optional<Webhook> webhook = webhookUrl.isBlank()
                ? Optional.empty()
                : Optional.of(new Webhook(URI.create(webhookUrl.strip()), webhookSecret));
        return new Subscription(Set.of(), true, webhook, mailboxes);
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
