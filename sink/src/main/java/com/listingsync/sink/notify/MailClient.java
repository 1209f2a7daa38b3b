package com.listingsync.sink.notify;

import com.listingsync.sink.lane.Attempt;
import com.listingsync.sink.lane.Attempt.Trouble;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;

/** Sends notices by SMTP, once each, one mailbox at a time. Thread-safe; a call blocks its thread. */
final class MailClient {

    private static final String TIMEOUT_MILLIS =
            Long.toString(Duration.ofSeconds(20).toMillis());

    private final SmtpSettings settings;
    private final Session session;

    MailClient(SmtpSettings settings) {
        this.settings = settings;
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.auth", Boolean.toString(!settings.user().isBlank()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.enable", on(SmtpSettings.Security.TLS));
        properties.put("mail.smtp.starttls.enable", on(SmtpSettings.Security.STARTTLS));
        // Required: a server, or somebody in between, that does not offer it gets neither password nor notice.
        properties.put("mail.smtp.starttls.required", on(SmtpSettings.Security.STARTTLS));
        this.session = Session.getInstance(properties);
    }

    /** Sends a notice to one mailbox. */
    Attempt<Told> send(String mailbox, Notice notice) {
        try (Transport transport = session.getTransport("smtp")) {
            Message message = message(mailbox, notice);
            String user = settings.user().isBlank() ? null : settings.user();
            transport.connect(
                    settings.host(),
                    settings.port(),
                    user,
                    user == null ? null : settings.password().reveal());
            transport.sendMessage(message, message.getAllRecipients());
            return new Attempt.Done<>(new Told(true, "delivered"));
        } catch (AuthenticationFailedException e) {
            // A person has to mend the settings; until then notices wait, as long as they are tried.
            return again("login", "the mail server does not accept the login", Trouble.BUSY);
        } catch (SendFailedException e) {
            // Refused for this mailbox or this sender: no other try changes that.
            return e.getValidUnsentAddresses() == null || e.getValidUnsentAddresses().length == 0
                    ? new Attempt.Done<>(new Told(false, "the mail server refuses the mailbox"))
                    : again("refused", "the mail server does not take the message now", Trouble.BUSY);
        } catch (MessagingException e) {
            // Not there, not TLS, or gone in the middle: it may have been sent; its Message-ID is the same next time.
            return again(
                    "connection",
                    "the mail server can't be used (" + e.getClass().getSimpleName() + ")",
                    Trouble.AWAY);
        }
    }

    private Message message(String mailbox, Notice notice) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                // The same for every attempt, so that mail readers show one message where two arrived.
                setHeader("Message-ID", "<" + notice.id() + "@listing-sync>");
            }
        };
        message.setFrom(new InternetAddress(settings.from()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mailbox));
        message.setSubject(notice.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(notice.at()));
        message.setText(notice.text(), StandardCharsets.UTF_8.name());
        // RFC 3834: nobody answers a machine.
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private String on(SmtpSettings.Security security) {
        return Boolean.toString(settings.security() == security);
    }

    private static Attempt<Told> again(String cause, String words, Trouble trouble) {
        return new Attempt.Again<>(cause, words, Optional.empty(), trouble);
    }
}
