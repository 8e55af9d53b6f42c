package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.RepositoryUrl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;

/**
 * What went wrong between us and a server, in the words of our failures. JGit's own texts tell some cases apart, since it
 * has no types for them; a server's words never do.
 */
final class RemoteFailures {
    private RemoteFailures() {}

    static FailureException failure(IOException problem, RepositoryUrl url) {
        if (problem instanceof NoRemoteRepositoryException || problem instanceof RepositoryNotFoundException) {
            return FailureException.input(
                    url.value().contains(":")
                            ? "there is no such repository, or these credentials may not see it"
                            : "there is no such folder with a repository here",
                    url.toString(),
                    url.value().contains(":") ? "check the URL and the credentials" : whole(url.value()));
        }
        if (problem instanceof NotSupportedException) {
            return FailureException.input("no URL of a Git repository: " + problem.getMessage(), url.toString(), "");
        }
        Throwable large = cause(problem, TooLargeObjectInPackException.class, TooLargePackException.class);
        if (large != null) {
            return FailureException.input(
                    "the repository holds more than is taken in: " + large.getMessage(),
                    url.toString(),
                    "take the large files out of the branch's history");
        }
        int disconnect = sshDisconnect(problem);
        if (disconnect == SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE) {
            return FailureException.policy(
                    "the SSH server's host key is not the one this account knows: " + problem.getMessage(),
                    url.toString(),
                    "ask the server's operator for its key, then put that into ~/.ssh/known_hosts");
        }
        if (isRefusedLogin(problem) || disconnect == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
            boolean none =
                    String.valueOf(problem.getMessage()).contains(fixedPart(JGitText.get().noCredentialsProvider));
            return FailureException.policy(
                    none
                            ? "the Git server wants a login, and none was given"
                            : "the Git server does not accept these credentials for this: " + words(problem, url),
                    url.toString(),
                    url.value().startsWith("http://")
                            ? "check that the token is valid and may read and write the repository, and that this is not"
                                    + " archived; over plain http it is sent only to hosts that --git-hosts names with http://"
                            : none
                                    ? "export IMAAS_GIT_TOKEN=…"
                                    : "check that the token or key is valid and may read and write the repository, and that"
                                            + " this is not archived");
        }
        String unreached = unreached(problem);
        if (!unreached.isEmpty()) {
            return FailureException.external(
                    unreached,
                    url.toString(),
                    "check the host's name, the port, and that this machine is online",
                    problem);
        }
        if (Reason.isUntrusted(problem)) {
            return FailureException.external(Reason.of(problem), url.toString(), Reason.TRUST, problem);
        }
        if (Reason.isProxyLogin(problem)) {
            return FailureException.policy(Reason.of(problem), url.toString(), Reason.PROXY);
        }
        boolean corrupt = cause(problem, CorruptObjectException.class) != null;
        String side = problem instanceof TransportException
                ? "the Git server cannot be used"
                : corrupt ? "the repository holds what can't be read" : "the local clone broke";
        return FailureException.external(
                side + ": " + words(problem, url),
                url.toString(),
                Reason.isFullDisk(problem)
                        ? "free space, or name a folder on another disk: --cache DIR"
                        : corrupt
                                ? "run it again; if it stays so, take back the commit that git fsck names on the server"
                                : "run it again in a while; if it stays so, check the URL and the server",
                problem);
    }

    /** What begins as a host does was meant for a server. */
    private static String whole(String path) {
        return path.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+/[^/].*")
                ? "did you mean https://" + path + "?"
                : "check the path; a repository on a server is given as its whole URL";
    }

    /** Why there was no connection at all; empty when there was one. */
    private static String unreached(IOException problem) {
        Throwable cause = cause(
                problem,
                UnknownHostException.class,
                UnresolvedAddressException.class,
                ConnectException.class,
                NoRouteToHostException.class,
                SocketTimeoutException.class);
        return cause == null ? "" : Reason.of(cause);
    }

    /** JGit begins its sentences with the address, which is told as the place. */
    private static String words(IOException problem, RepositoryUrl url) {
        return Reason.of(problem).replace(url + ": ", "");
    }

    private static Throwable cause(Throwable problem, Class<?>... kinds) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            for (Class<?> kind : kinds) {
                if (kind.isInstance(cause)) {
                    return cause;
                }
            }
        }
        return null;
    }

    /** Whether the same may work in a while: the server's fault, or the line's. A host that nobody knows is a mistake. */
    static boolean mayPass(FailureException failure) {
        return failure.failure().kind() == FailureKind.EXTERNAL
                && cause(failure, UnknownHostException.class, UnresolvedAddressException.class) == null;
    }

    /** Why an SSH connection ended, by the numbers of RFC 4253, section 11.1; 0 when that is not what happened. */
    private static int sshDisconnect(IOException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SshException ssh && ssh.getDisconnectCode() != 0) {
                return ssh.getDisconnectCode();
            }
        }
        return 0;
    }

    private static boolean isRefusedLogin(IOException problem) {
        String words = String.valueOf(problem.getMessage());
        return problem instanceof TransportException
                && (words.contains(fixedPart(JGitText.get().notAuthorized))
                        // A refusal without a challenge, which Gitea gives a token that it no longer knows.
                        || words.contains(JGitText.get().authenticationNotSupported)
                        || words.contains(JGitText.get().pushNotPermitted)
                        || words.contains(fixedPart(JGitText.get().serviceNotPermitted))
                        || words.contains(fixedPart(JGitText.get().noCredentialsProvider)));
    }

    /** A message's text up to its first placeholder, or after it when it begins with one. */
    private static String fixedPart(String pattern) {
        String[] parts = pattern.split("['{}0-9]+");
        String longest = "";
        for (String part : parts) {
            longest = part.length() > longest.length() ? part : longest;
        }
        return longest;
    }
}
