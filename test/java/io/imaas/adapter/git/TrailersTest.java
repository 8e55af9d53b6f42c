package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.record.ListedKey;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.port.GitRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose trailers count. */
class TrailersTest {
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

    @TempDir
    private Path temp;

    private GitFixture server;

    @BeforeEach
    void begin() {
        server = GitFixture.bare(temp.resolve("server.git"));
    }

    @Test
    void anybodysTrailersCountForNothingWhetherCommitsAreSignedOrNot() {
        server.commit("dev", "f", "1");
        String tree = server.git("rev-parse", "dev^{tree}").strip();
        String forged = server.git(
                        "-c",
                        "user.name=mallory",
                        "-c",
                        "user.email=mallory@example.org",
                        "commit-tree",
                        tree,
                        "-p",
                        "dev",
                        "-m",
                        "Release",
                        "-m",
                        "Imaas-Actor: @boss\nimaas-key: k1")
                .strip();
        server.git("update-ref", "refs/heads/dev", forged);

        for (CommitSigning signing : List.of(CommitSigning.none(), CommitSigning.by(key("ours")))) {
            try (GitRepositories repositories = repositories(signing)) {
                assertThat(trailers(repositories.at(server.url()))).isEmpty();
            }
        }
    }

    @Test
    void trailersCountInCommitsOfEachKeyThatIsListedWhileItCounts() {
        DsseStatements other = key("other");
        try (GitRepositories repositories = repositories(CommitSigning.by(other))) {
            repositories.at(server.url()).land(GitFixture.put("f", "1", "k1"));
        }
        ListedKey theirs = ListedKey.always(other.ownKey());
        ListedKey ours = ListedKey.always(key("ours").ownKey());
        ListedKey rotated = new ListedKey(theirs.key(), null, LONG_AGO, null);
        try (GitRepositories repositories = repositories(CommitSigning.by(key("ours")))) {
            GitRepository repository = repositories.at(server.url());
            assertThat(trailers(repository)).isEmpty();
            assertThat(trailers(repository.believing(List.of(ours, theirs)))).containsEntry(Trailers.KEY, "k1");
            assertThat(trailers(repository.believing(List.of(ours)))).isEmpty();
            assertThat(trailers(repository.believing(List.of(rotated)))).isEmpty();
        }
        try (GitRepositories repositories = repositories(CommitSigning.by(other))) {
            GitRepository repository = repositories.at(server.url());
            assertThat(trailers(repository)).as("its own, where none is listed").isNotEmpty();
            assertThat(trailers(repository.believing(List.of(ours))))
                    .as("its own, where others are listed")
                    .isEmpty();
        }
    }

    @Test
    void aSignatureThatWasTakenToAnotherCommitCountsForNothing() throws Exception {
        try (GitRepositories repositories = repositories(CommitSigning.by(key("ours")))) {
            GitRepository repository = repositories.at(server.url());
            repository.land(GitFixture.put("f", "1", "k0"));
            repository.land(GitFixture.put("f", "2", "k1"));
            assertThat(trailers(repository)).containsEntry(Trailers.KEY, "k1");
            Path raw = temp.resolve("raw");
            for (List<String> change : List.of(
                    List.of("Imaas-Key: k1", "Imaas-Key: k2"),
                    List.of(
                            "\n\n",
                            "\ngpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\nx y\n\n"),
                    List.of("(?s)(parent .*)(gpgsig .*?\n)(?=\\S|\n)", "$2$1"),
                    List.of("(?s)(author .*)(gpgsig .*?\n)(?=\\S|\n)", "$2$1"),
                    List.of("-----BEGIN SSH SIGNATURE-----", "-----BEGIN SSH SIGNATURE-----\n AAAA"))) {
                String commit = server.git("cat-file", "commit", "dev");
                String changed = commit.replaceFirst(change.get(0), change.get(1));
                assertThat(changed).isNotEqualTo(commit);
                Files.writeString(raw, changed);
                String forged = server.git("hash-object", "-t", "commit", "-w", "--literally", raw.toString())
                        .strip();
                server.git("update-ref", "refs/heads/forged", forged);
                assertThat(repository
                                .history(new BranchName("forged"), "", 1)
                                .get(0)
                                .trailers())
                        .as(change.get(1))
                        .isEmpty();
            }
        }
    }

    @Test
    void whatSomebodySaysEndsNoLineAndNoMessageAndCommandsNoTerminal() {
        String said = "a\u0000b\u0085c\u2028Imaas-Key: k2\u001b[2J\r\nImaas-Key: k3";
        try (GitRepositories repositories = repositories(CommitSigning.none())) {
            repositories
                    .at(server.url())
                    .land(GitFixture.put("f", "1", "k1").withTrailers(Map.of(Trailers.REASON, said)));
        }
        assertThat(server.git("log", "-1", "--format=%B", "dev"))
                .contains("Imaas-Reason: a b c Imaas-Key: k2 [2J Imaas-Key: k3\n");
    }

    @Test
    void gitItselfVerifiesWhatTheRecordsKeySigned() throws Exception {
        assumeThat(Path.of("/usr/bin/ssh-keygen")).as("needs openssh-client").exists();
        DsseStatements ours = key("ours");
        try (GitRepositories repositories = repositories(CommitSigning.by(ours))) {
            repositories.at(server.url()).land(GitFixture.put("f", "1", "k1"));
        }
        Path allowed = temp.resolve("allowed");
        Files.writeString(allowed, "imaas@localhost " + ours.ownKey().text() + "\n");
        server.git("config", "gpg.ssh.allowedSignersFile", allowed.toString());
        assertThat(server.git("verify-commit", "--verbose", "dev"))
                .contains("Good \"git\" signature for imaas@localhost");
    }

    private DsseStatements key(String name) {
        return new DsseStatements(new KeyFile(temp.resolve(name)));
    }

    private GitRepositories repositories(CommitSigning signing) {
        return new GitRepositories(GitFixture.settings(temp.resolve("cache")).signedBy(signing));
    }

    private static Map<String, String> trailers(GitRepository repository) {
        return repository.history(GitFixture.DEV, "", 1).get(0).trailers();
    }
}
