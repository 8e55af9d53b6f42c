package io.imaas.adapter.git;

import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.source.GitHosts;
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
 * @param hosts which servers are spoken to
 * @param timeout how long a server may be silent, at least a second
 * @param exchange how long one fetch or push may take in all
 * @param patience how long the pauses are in sum after which a server's fault is no longer waited out
 * @param onlooker is told what takes long
 */
public record GitSettings(
        Path cache,
        GitAccess access,
        Committer committer,
        CommitSigning signing,
        Clock clock,
        GitHosts hosts,
        Duration timeout,
        Duration exchange,
        Duration patience,
        Onlooker onlooker) {
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

    /**
     * Unsigned commits by the orchestrator itself; a server may be silent for half a minute, and down for as long as a
     * restart takes.
     */
    public static GitSettings of(Path cache, GitAccess access, Clock clock) {
        return new GitSettings(
                cache,
                access,
                new Committer("IMaaS Orchestrator", "imaas@localhost"),
                CommitSigning.none(),
                clock,
                GitHosts.any(),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofSeconds(40),
                failure -> {});
    }

    /** The same with commits by somebody else: servers call a signature verified when the key is the committer's. */
    public GitSettings committedBy(Committer other) {
        return new GitSettings(cache, access, other, signing, clock, hosts, timeout, exchange, patience, onlooker);
    }

    public GitSettings signedBy(CommitSigning key) {
        return new GitSettings(cache, access, committer, key, clock, hosts, timeout, exchange, patience, onlooker);
    }

    /** The same with these servers alone. */
    public GitSettings speakingTo(GitHosts others) {
        return new GitSettings(cache, access, committer, signing, clock, others, timeout, exchange, patience, onlooker);
    }

    /** The same with other limits, as in {@link GitSettings}. */
    public GitSettings within(Duration silence, Duration whole, Duration pauses) {
        return new GitSettings(cache, access, committer, signing, clock, hosts, silence, whole, pauses, onlooker);
    }

    /** The same for somebody who wonders why nothing happens. */
    public GitSettings telling(Onlooker whoever) {
        return new GitSettings(cache, access, committer, signing, clock, hosts, timeout, exchange, patience, whoever);
    }
}
