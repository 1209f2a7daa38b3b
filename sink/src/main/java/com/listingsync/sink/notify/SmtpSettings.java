package com.listingsync.sink.notify;

import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.Secret;
import com.listingsync.sink.owner.Mailbox;

/**
 * The mail server that notices are sent through.
 *
 * @param host its name; empty when no e-mail is sent
 * @param port its port
 * @param security how the connection is protected
 * @param user who logs in; empty for nobody
 * @param password their password
 * @param from sender of the e-mails
 */
public record SmtpSettings(
        @Env(name = "SYNC_SMTP_HOST", fallback = "", doc = "Mail server for notices by e-mail; empty for no e-mail.")
        String host,

        @Env(
                name = "SYNC_SMTP_PORT",
                fallback = "587",
                doc = "Its port: 587 for submission, 465 for TLS from the start.")
        int port,

        @Env(
                name = "SYNC_SMTP_SECURITY",
                fallback = "starttls",
                doc = "starttls (required, not merely tried), tls (from the start), or none.")
        Security security,

        @Env(name = "SYNC_SMTP_USER", fallback = "", doc = "Who logs in at the mail server; empty for no login.")
        String user,

        @Env(name = "SYNC_SMTP_PASSWORD", fallback = "", doc = "Their password.")
        Secret password,

        @Env(name = "SYNC_SMTP_FROM", fallback = "", doc = "Sender of the e-mails; needed with SYNC_SMTP_HOST.")
        String from) {

    /** How the connection to a mail server is protected. */
    public enum Security {
        /** Plain at first, then TLS or nothing at all (RFC 3207). */
        STARTTLS,
        /** TLS from the first byte (RFC 8314). */
        TLS,
        /** Not at all; for a server on this machine. */
        NONE
    }

    public SmtpSettings {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("SYNC_SMTP_PORT: expected a port from 1 to 65535");
        }
        if (!host.isBlank() && !Mailbox.looksRight(from)) {
            throw new IllegalArgumentException("SYNC_SMTP_FROM: expected an address such as sync@example.com");
        }
        if (!user.isBlank() && password.isEmpty()) {
            throw new IllegalArgumentException("SYNC_SMTP_PASSWORD is not set, but SYNC_SMTP_USER is");
        }
    }

    /** Whether e-mails can be sent at all. */
    boolean present() {
        return !host.isBlank();
    }
}
