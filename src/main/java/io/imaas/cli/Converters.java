package io.imaas.cli;

import io.imaas.adapter.git.GitSettings.Committer;
import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.identity.Secret;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** How the values of options and arguments are written. */
final class Converters {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
    private static final String TEST_SERVER_PORT = "9008";

    private Converters() {}

    static CommandLine addTo(CommandLine line) {
        return line.registerConverter(Duration.class, Converters::duration)
                .registerConverter(Instant.class, Converters::since)
                .registerConverter(InetSocketAddress.class, Converters::server)
                .registerConverter(Secret.class, text -> text.isBlank() ? null : new Secret(text.strip()))
                .registerConverter(Committer.class, Converters::committer)
                .registerConverter(CommitSigning.class, Converters::signing);
    }

    /** {@code 500ms}, {@code 60s}, {@code 5m}, {@code 1h}, {@code 30d}. */
    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is not a duration: write 500ms, 60s, 5m, 1h or 30d");
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    case "d" -> Duration.ofDays(amount);
                    default -> Duration.ofSeconds(amount);
                };
        if (duration.isZero()) {
            throw new TypeConversionException("'" + text + "' is too short: give more than zero");
        }
        return duration;
    }

    /** {@code 2026-11-01}, {@code 2026-11-01T12:00:00Z}, or how long ago: {@code 12h}, {@code 30d}. Days begin in UTC. */
    private static Instant since(String text) {
        try {
            if (text.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
                return text.length() == 10
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(text);
            }
            return Assembly.systemClock().now().minus(duration(text));
        } catch (DateTimeParseException | TypeConversionException e) {
            throw new TypeConversionException("'" + text + "' is not a time: write 2026-11-01, 12h or 30d");
        }
    }

    /** {@code host}, {@code host:port} or {@code [IPv6]:port}; the unit-test server's port is 9008 by default. */
    private static InetSocketAddress server(String text) {
        Matcher matcher = SERVER.matcher(text);
        int port = !matcher.matches()
                ? 0
                : Integer.parseInt(matcher.group(2) == null ? TEST_SERVER_PORT : matcher.group(2));
        if (port < 1 || port > 65535) {
            throw new TypeConversionException("'" + text + "' is not a server: write host:port");
        }
        // Looked up when the connection is made: a name that does not resolve is a server that can't be reached.
        return InetSocketAddress.createUnresolved(matcher.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    /** As in a commit: {@code Ann Orders <ann@example.org>}. */
    private static Committer committer(String text) {
        if (text.isBlank()) {
            return null;
        }
        return Committer.parse(text)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is not a committer: write 'Name <name@example.org>'"));
    }

    /** {@code ssh:} and a file, or {@code gpg:} and a key as GnuPG knows it. */
    private static CommitSigning signing(String text) {
        if (text.isBlank()) {
            return null;
        }
        String key = text.substring(text.indexOf(':') + 1).strip();
        if (!key.isEmpty() && text.startsWith("ssh:")) {
            return CommitSigning.ssh(key);
        }
        if (!key.isEmpty() && text.startsWith("gpg:")) {
            return CommitSigning.gpg(key);
        }
        throw new TypeConversionException("'" + text + "' names no key: write ssh:FILE or gpg:KEY");
    }
}
