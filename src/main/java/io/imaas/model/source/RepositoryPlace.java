package io.imaas.model.source;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which repository a URL means, so that two ways to write it are equal: {@code https}, {@code ssh} and {@code a@b:c}
 * alike, whatever the user, with or without {@code .git}, slashes at the end, a default port, and capitals or a dot at
 * the end of the host. What could be read in two ways is refused: who may do what rests on it.
 *
 * <p>Paths keep their case, since not every server ignores it; {@link #mayBe} is for whoever must not miss a twin.
 *
 * @param kind {@code net} for https and ssh, {@code http} and {@code git} as they prove nothing of the server,
 *     {@code file}
 * @param host in lower case; empty for a folder of this machine
 * @param port 0 for the protocol's own
 */
public record RepositoryPlace(String kind, String host, int port, String path) implements Serializable {
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(/.*)");
    private static final Pattern SCP = Pattern.compile("(?:([^/@:]+)@)?([^/@:\\[\\]]+|\\[[^]@/]+]):(?!/?:|//)(.+)");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:([^@:]*)@)?([^@:\\[\\]]+|\\[[^]@]+])(?::([0-9]{0,5}))?");
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9_]++(?:-++[a-z0-9_]++)*+(?:\\.[a-z0-9_]++(?:-++[a-z0-9_]++)*+)*+|\\[[0-9a-f:.]++]");
    private static final Set<String> SSH = Set.of("ssh", "git+ssh", "ssh+git");

    /** @throws FailureException INPUT when the URL names no repository, or could be read in two ways */
    public static RepositoryPlace of(RepositoryUrl url) {
        return read(url.value()).orElseThrow(() -> refused(url.value()));
    }

    /** The repository that a text names plainly, if it names one. */
    public static Optional<RepositoryPlace> find(String url) {
        return RepositoryUrl.mayBe(url) ? read(url) : Optional.empty();
    }

    private static Optional<RepositoryPlace> read(String text) {
        if (!text.chars().allMatch(c -> c > ' ' && c <= '~' && "\\?#".indexOf(c) < 0)) {
            return Optional.empty();
        }
        Matcher full = URL.matcher(text);
        if (full.matches()) {
            return read(full.group(1).toLowerCase(Locale.ROOT), full.group(2), decoded(full.group(3)));
        }
        if (text.startsWith("/")) {
            return path(text, true).map(RepositoryPlace::folder);
        }
        Matcher scp = SCP.matcher(text);
        return scp.matches() && !text.contains("://")
                ? at("net", scp.group(2), 0, path(home(scp.group(1), scp.group(3)), false))
                : Optional.empty();
    }

    /** Whether the two could be one repository for some server: the host alone and the path in any case count. */
    public boolean mayBe(RepositoryPlace other) {
        return host.equals(other.host) && path.equalsIgnoreCase(other.path);
    }

    private static Optional<RepositoryPlace> read(String scheme, String authority, Optional<String> path) {
        if (scheme.equals("file")) {
            return authority.isEmpty() || authority.equalsIgnoreCase("localhost")
                    ? path.flatMap(decoded -> path(decoded, true)).map(RepositoryPlace::folder)
                    : Optional.empty();
        }
        int usual = scheme.equals("https")
                ? 443
                : scheme.equals("http") ? 80 : scheme.equals("git") ? 9418 : SSH.contains(scheme) ? 22 : -1;
        Matcher parts = AUTHORITY.matcher(authority);
        if (usual < 0 || !parts.matches()) {
            return Optional.empty();
        }
        String digits = parts.group(3) == null ? "" : parts.group(3);
        int port = digits.isEmpty() ? usual : Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            return Optional.empty();
        }
        String kind = usual == 443 || usual == 22 ? "net" : scheme;
        return at(kind, parts.group(2), port == usual ? 0 : port, path.flatMap(decoded -> path(decoded, false)));
    }

    private static RepositoryPlace folder(String path) {
        return new RepositoryPlace("file", "", 0, path);
    }

    /** Empty when the host is none that everybody reads alike. */
    private static Optional<RepositoryPlace> at(String kind, String host, int port, Optional<String> path) {
        String lower = host.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return path.filter(known -> HOST.matcher(plain).matches())
                .map(known -> new RepositoryPlace(kind, plain, port, known));
    }

    /** A path that does not begin at the root lies in the home of its user; {@code git} has none but the root. */
    private static String home(String user, String path) {
        boolean own = user != null && !user.equals("git") && !path.startsWith("/") && !path.startsWith("~");
        return own ? "~" + user + "/" + path : path;
    }

    private static Optional<String> path(String path, boolean folder) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            if (segment.equals(".") || segment.equals("..")) {
                return Optional.empty();
            }
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        int last = segments.size() - 1;
        if (last >= 0 && segments.get(last).equals(".git") && folder) {
            segments.remove(last);
        } else if (last >= 0 && segments.get(last).endsWith(".git")) {
            segments.set(
                    last, segments.get(last).substring(0, segments.get(last).length() - ".git".length()));
        }
        if (segments.isEmpty() || segments.get(segments.size() - 1).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(String.join("/", segments));
    }

    /** Percent-encoding undone, unless it hides something that would be read as more than a letter of a name. */
    private static Optional<String> decoded(String path) {
        if (path.indexOf('%') < 0) {
            return Optional.of(path);
        }
        byte[] bytes = new byte[path.length()];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                bytes[length++] = (byte) c;
                continue;
            }
            String hex = i + 2 < path.length() ? path.substring(i + 1, i + 3) : "";
            if (!hex.matches("[0-9A-Fa-f]{2}")) {
                return Optional.empty();
            }
            byte plain = (byte) HexFormat.fromHexDigits(hex);
            if ((plain >= 0 && plain < ' ') || "/\\.%?#:@\177".indexOf(plain) >= 0) {
                return Optional.empty();
            }
            bytes[length++] = plain;
            i += 2;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static FailureException refused(String text) {
        return FailureException.input(
                "this does not say plainly which repository is meant",
                // What stands before an @ may be a password.
                text.replaceFirst("//[^/]*@", "//****@").replaceAll("\\p{Cntrl}", "?"),
                "write https://host/path.git, or git@host:path.git");
    }
}
