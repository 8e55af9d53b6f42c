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
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

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
            send(server, recipient.to(), notice, where);
        } catch (MessagingException e) {
            throw failure(e, 0, where);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void send(MailServer server, String to, RunNotice notice, String where) throws MessagingException {
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
        try (SMTPTransport transport = (SMTPTransport) session.getTransport("smtp")) {
            try {
                transport.connect(server.host(), server.port(), server.user(), server.password());
                transport.sendMessage(message, message.getAllRecipients());
            } catch (MessagingException e) {
                throw failure(e, transport.getLastReturnCode(), where);
            }
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
        // The message is taken then; waiting for a farewell that does not come would send it again.
        properties.put("mail.smtp.quitwait", "false");
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

    /**
     * In our own words: the library's may hold what the server said, or the login.
     *
     * @param code what the server answered last; at most 0 when it did not
     */
    private static FailureException failure(MessagingException thrown, int code, String where) {
        boolean login = thrown instanceof AuthenticationFailedException;
        if (code == 530 || (login && code < 400)) {
            return FailureException.input(
                    login ? "the mail server offers no login by password" : "the mail server wants a login",
                    where,
                    login ? "name a server that does" : "write smtps://USER:PASSWORD@HOST?from=ADDRESS");
        }
        if (code >= 500) {
            return FailureException.input(
                    login ? "the mail server refuses the login" : "the mail server refuses the message with " + code,
                    where,
                    login ? "see whether user and password still hold" : "see whether sender and recipient are right");
        }
        if (code >= 400) {
            return external("the mail server answers " + code, where);
        }
        for (Throwable cause = thrown; cause != null; cause = next(cause)) {
            if (cause instanceof SSLException) {
                return external("the mail server's certificate is not trusted, or it speaks no TLS", where);
            }
            if (cause instanceof SocketTimeoutException) {
                return external("the mail server does not answer in time", where);
            }
            if (cause instanceof IOException) {
                return external("the mail server can't be reached", where);
            }
        }
        return external("the mail server can't be reached, or offers no encryption", where);
    }

    private static FailureException external(String what, String where) {
        return FailureException.external(what, where, "", (Duration) null);
    }

    private static Throwable next(Throwable thrown) {
        return thrown instanceof MessagingException chained && chained.getNextException() != null
                ? chained.getNextException()
                : thrown.getCause();
    }

    /**
     * Where mail goes out, and with which login, as one secret:
     * {@code smtps://USER:PASSWORD@HOST[:465]?from=ADDRESS}, or {@code smtp://…[:587]} for STARTTLS.
     *
     * @param encrypted from the first byte on
     * @param user null where none is needed
     */
    private record MailServer(boolean encrypted, String host, int port, String user, String password, String from) {
        private static final Pattern FROM = Pattern.compile("(?:.*&)?from=([^&]+).*");
        private static final int SMTPS = 465;
        private static final int SUBMISSION = 587;

        /** @throws FailureException INPUT when it is none; its text is in no message */
        static MailServer of(Secret secret, String where) {
            try {
                URI uri = new URI(secret.reveal().strip());
                boolean encrypted = "smtps".equals(uri.getScheme());
                Matcher from = FROM.matcher(uri.getRawQuery() == null ? "" : uri.getRawQuery());
                if ((encrypted || "smtp".equals(uri.getScheme())) && uri.getHost() != null && from.matches()) {
                    String[] login = uri.getRawUserInfo() == null
                            ? new String[] {null, null}
                            : (uri.getRawUserInfo() + ":").split(":", 3);
                    return new MailServer(
                            encrypted,
                            uri.getHost(),
                            uri.getPort() > 0 ? uri.getPort() : encrypted ? SMTPS : SUBMISSION,
                            decoded(login[0]),
                            decoded(login[1]),
                            decoded(from.group(1)));
                }
            } catch (URISyntaxException | IllegalArgumentException e) {
                // The same is said of it below; its words would hold the secret.
            }
            throw FailureException.input(
                    "the secret behind it is not an address of a mail server",
                    where,
                    "write smtps://USER:PASSWORD@HOST?from=ADDRESS, with @ : / in the password as %40 %3A %2F");
        }

        /** Whether what is sent stays on this machine. */
        boolean isHere() {
            return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
        }

        /** {@code +} is a plus sign here: it is not a form. */
        private static String decoded(String text) {
            return text == null ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "****";
        }
    }
}
