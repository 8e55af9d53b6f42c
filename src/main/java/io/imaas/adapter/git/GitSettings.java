package io.imaas.adapter.git;

import io.imaas.port.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What all repositories of one process share.
 *
 * @param cache folder for bare clones; made when missing, may be deleted at any time no process runs
 * @param signing how commits are signed
 * @param timeout how long a server may be silent, at least a second
 */
public record GitSettings(
        Path cache, GitAccess access, Committer committer, CommitSigning signing, Clock clock, Duration timeout) {
    /** Who commits. The author is the person in the trailer {@code Imaas-Actor}, when there is one. */
    public record Committer(String name, String email) {
        private static final Pattern FORM = Pattern.compile("\\s*([^<>\\n]*[^<>\\s])\\s*<([^<>\\s]+@[^<>\\s]+)>\\s*");

        /** As in a commit: {@code Ann Orders <ann@example.org>}; empty when it is none. */
        public static Optional<Committer> parse(String text) {
            Matcher matcher = FORM.matcher(text);
            return matcher.matches()
                    ? Optional.of(new Committer(matcher.group(1), matcher.group(2)))
                    : Optional.empty();
        }
    }

    /** Unsigned commits by the orchestrator itself; a server may be silent for half a minute. */
    public static GitSettings of(Path cache, GitAccess access, Clock clock) {
        return new GitSettings(
                cache,
                access,
                new Committer("IMaaS Orchestrator", "imaas@localhost"),
                CommitSigning.none(),
                clock,
                Duration.ofSeconds(30));
    }

    /** The same with commits by somebody else: servers call a signature verified when the key is the committer's. */
    public GitSettings committedBy(Committer other) {
        return new GitSettings(cache, access, other, signing, clock, timeout);
    }

    /** The same with signed commits. */
    public GitSettings signedBy(CommitSigning key) {
        return new GitSettings(cache, access, committer, key, clock, timeout);
    }
}
