package io.imaas.model.failure;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Why a connection or a file failed, in plain words. Java's own messages are often the name of a class, a path alone, or
 * nothing.
 */
public final class Reason {
    /** What to do when {@link #isUntrusted} holds. */
    public static final String TRUST = "let Java trust the server's certificate authority: "
            + "export JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE (docs/troubleshooting.md)";

    /** What to do when {@link #isProxyLogin} holds. */
    public static final String PROXY = "export HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT";

    private Reason() {}

    /** A part of a sentence, without the place: the caller names it. */
    public static String of(Throwable thrown) {
        return causes(thrown)
                .map(Reason::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> causes(thrown)
                        .map(Throwable::getMessage)
                        .filter(words -> words != null && !words.isBlank())
                        .findFirst()
                        .map(Reason::withoutClasses)
                        .orElse("no reason was given"));
    }

    /** Why a path can't be used where a folder must be.
     * @param exists whether something else is there */
    public static String noFolder(boolean exists) {
        return exists ? "this is a file, and a folder is needed" : "there is no such folder";
    }

    /** Whether nothing more could be written, here or where a server keeps its files. */
    public static boolean isFullDisk(Throwable thrown) {
        return causes(thrown).anyMatch(cause -> isAbout(cause, "No space left on device"));
    }

    /** Whether a server was reached whose certificate this machine does not trust. */
    public static boolean isUntrusted(Throwable thrown) {
        return causes(thrown).anyMatch(cause -> isAbout(cause, "unable to find valid certification path"));
    }

    /** Whether a proxy on the way wants a login, or another one: asking it again and again would lock the account. */
    public static boolean isProxyLogin(Throwable thrown) {
        return causes(thrown)
                .anyMatch(cause -> isAbout(cause, "407 Proxy")
                        || isAbout(cause, "Proxy returns \"HTTP/1.1 407")
                        || isAbout(cause, "Failed to authenticate with proxy"));
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    private static Optional<String> known(Throwable cause) {
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            String host =
                    cause.getMessage() == null ? "" : ": " + cause.getMessage().replaceFirst(": .*", "");
            return Optional.of("no such host is known" + host);
        }
        if (isProxyLogin(cause)) {
            return Optional.of("the proxy wants a login, or does not accept the one of HTTPS_PROXY and HTTP_PROXY");
        }
        if (cause instanceof BindException && isAbout(cause, "in use")) {
            return Optional.of("the port is taken");
        }
        if (cause instanceof NoRouteToHostException) {
            return Optional.of("there is no route to the host");
        }
        if (cause instanceof ConnectException) {
            return Optional.of(
                    isAbout(cause, "timed out")
                            ? "no answer in time"
                            : "nothing answers there: the connection is refused");
        }
        if (isAbout(cause, "unable to find valid certification path")) {
            return Optional.of("this machine does not trust its certificate");
        }
        if (cause instanceof SSLPeerUnverifiedException
                || isAbout(cause, "No subject alternative")
                || isAbout(cause, "No name matching")) {
            return Optional.of("its certificate is for another host name");
        }
        if (isAbout(cause, "NotAfter")) {
            return Optional.of("its certificate has expired");
        }
        if (isAbout(cause, "Unsupported or unrecognized SSL message")) {
            return Optional.of("it speaks no TLS at this port");
        }
        if (isAbout(cause, "timed out") || cause instanceof InterruptedIOException) {
            return Optional.of("no answer in time");
        }
        if (cause instanceof EOFException || (cause instanceof SocketException && isAbout(cause, "reset"))) {
            return Optional.of("the other side closed the connection");
        }
        if (cause instanceof CharacterCodingException) {
            return Optional.of("it is not UTF-8 text");
        }
        return cause instanceof FileSystemException file ? Optional.of(ofFile(file)) : Optional.empty();
    }

    private static String ofFile(FileSystemException problem) {
        if (problem instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (problem instanceof AccessDeniedException) {
            return "this account has no right to it";
        }
        if (problem instanceof FileAlreadyExistsException || problem instanceof NotDirectoryException) {
            return "a file stands where a folder is needed";
        }
        return problem.getReason() == null ? withoutClasses(problem.getMessage()) : lower(problem.getReason());
    }

    private static boolean isAbout(Throwable cause, String words) {
        return String.valueOf(cause.getMessage()).contains(words);
    }

    /** {@code java.io.IOException: no} is {@code no}. */
    private static String withoutClasses(String words) {
        return words.replaceAll("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error)(?:: )?", "");
    }

    private static String lower(String words) {
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }
}
