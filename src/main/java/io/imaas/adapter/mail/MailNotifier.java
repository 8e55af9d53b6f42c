package io.imaas.adapter.mail;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.port.Notifier;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** {@link Notifier} by SMTP (RFC 5321), encrypted from the beginning or by STARTTLS. */
public final class MailNotifier implements Notifier {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(15);

    private final BoundedSockets sockets;

    public MailNotifier() {
        this(Duration.ofMinutes(1));
    }

    /** @param whole how long one message may take */
    MailNotifier(Duration whole) {
        sockets = new BoundedSockets(whole);
    }

    @Override
    public void tell(Notification recipient, Secret address, RunNotice notice) {
        String where = "mail " + recipient.to();
        MailServer server = MailServer.of(address, where);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            // The library looks for its parts where the thread says, which in a plugin is somewhere else.
            thread.setContextClassLoader(MailNotifier.class.getClassLoader());
            send(server, recipient.to(), notice);
        } catch (AuthenticationFailedException e) {
            throw FailureException.input(
                    "the mail server refuses the login", where, "see whether user and password still hold");
        } catch (MessagingException e) {
            throw failure(e, where);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void send(MailServer server, String to, RunNotice notice) throws MessagingException {
        Session session = Session.getInstance(properties(server));
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(server.from()));
        message.setRecipient(RecipientType.TO, new InternetAddress(to));
        message.setSubject(notice.plainHeadline(), StandardCharsets.UTF_8.name());
        message.setText(text(notice), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(notice.at()));
        // Nobody's holiday notice comes back (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        message.saveChanges();
        // By its own id, not one of the library's: a message that comes twice is known again.
        message.setHeader("Message-ID", "<" + notice.id().replaceAll("[^A-Za-z0-9-]", "") + "@imaas>");
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(server.host(), server.port(), server.user(), server.password());
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private Properties properties(MailServer server) {
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", String.valueOf(CONNECT.toMillis()));
        properties.put("mail.smtp.timeout", String.valueOf(CALL.toMillis()));
        properties.put("mail.smtp.writetimeout", String.valueOf(CALL.toMillis()));
        properties.put("mail.smtp.socketFactory", sockets);
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.ssl.enable", String.valueOf(server.encrypted()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", String.valueOf(!server.encrypted()));
        properties.put("mail.smtp.starttls.required", String.valueOf(!server.encrypted() && !server.isHere()));
        properties.put("mail.smtp.auth", String.valueOf(server.user() != null));
        return properties;
    }

    private static String text(RunNotice notice) {
        StringBuilder text = new StringBuilder(notice.plainHeadline())
                .append("\r\n\r\n")
                .append(notice.facts())
                .append("\r\n");
        if (!notice.reason().isEmpty()) {
            text.append("\r\n> ").append(RunNotice.plain(notice.reason())).append("\r\n");
        }
        if (!notice.link().isEmpty()) {
            text.append("\r\n").append(RunNotice.plain(notice.link())).append("\r\n");
        }
        return text.toString();
    }

    /** In our own words: the library's may hold what the server said, or the login. */
    private static FailureException failure(MessagingException thrown, String where) {
        int code = 0;
        boolean encryption = false;
        for (Throwable cause = thrown; cause != null; cause = next(cause)) {
            encryption |= cause instanceof SSLException;
            code = code(cause) == 0 ? code : code(cause);
        }
        if (code >= 500) {
            return FailureException.input(
                    "the mail server refuses the message with " + code,
                    where,
                    "see whether sender and recipient are right");
        }
        String what = code > 0
                ? "the mail server answers " + code
                : encryption
                        ? "the mail server's certificate is not trusted, or it speaks no TLS"
                        : "the mail server can't be reached, or offers no encryption";
        return FailureException.external(what, where, "", (Duration) null);
    }

    private static Throwable next(Throwable thrown) {
        return thrown instanceof MessagingException chained && chained.getNextException() != null
                ? chained.getNextException()
                : thrown.getCause();
    }

    private static int code(Throwable thrown) {
        if (thrown instanceof SMTPSendFailedException refused) {
            return refused.getReturnCode();
        }
        if (thrown instanceof SMTPSenderFailedException refused) {
            return refused.getReturnCode();
        }
        return thrown instanceof SMTPAddressFailedException refused ? refused.getReturnCode() : 0;
    }
}
