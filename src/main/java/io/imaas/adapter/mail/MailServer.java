package io.imaas.adapter.mail;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where mail goes out, and with which login, as one secret:
 * {@code smtps://USER:PASSWORD@HOST[:465]?from=ADDRESS}, or {@code smtp://…[:587]} for STARTTLS.
 *
 * @param encrypted from the first byte on
 * @param user null where none is needed
 */
record MailServer(boolean encrypted, String host, int port, String user, String password, String from) {
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
