package io.imaas.adapter.git.sign;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.ListedKey;
import io.imaas.port.Remembered;
import io.imaas.port.SignedStatements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** Signs commits, and knows which ones an orchestrator made: anybody may write its trailers, nobody else its signature. */
public final class CommitSigning {
    private static final int REMEMBERED = 10_000;

    private final CommitKey key;
    private final List<ListedKey> believed;

    /** A commit never changes, and asking GnuPG costs a process. */
    private final Remembered<ObjectId, Optional<SigningKey>> signers;

    private final Remembered<ObjectId, Boolean> own;

    private CommitSigning(CommitKey key) {
        this(key, List.of(), new Remembered<>(REMEMBERED), new Remembered<>(REMEMBERED));
    }

    private CommitSigning(
            CommitKey key,
            List<ListedKey> believed,
            Remembered<ObjectId, Optional<SigningKey>> signers,
            Remembered<ObjectId, Boolean> own) {
        this.key = key;
        this.believed = List.copyOf(believed);
        this.signers = signers;
        this.own = own;
    }

    /** Commits stay unsigned, and none of them is ours. */
    public static CommitSigning none() {
        return new CommitSigning(null);
    }

    /** Signs with the key of our records. */
    public static CommitSigning by(SignedStatements statements) {
        return new CommitSigning(new RecordKey(statements));
    }

    /**
     * Signs with an SSH key.
     *
     * @param keyFile private key, or a public key whose private half an SSH agent holds
     */
    public static CommitSigning ssh(String keyFile) {
        return new CommitSigning(new SshKey(keyFile));
    }

    /**
     * Signs with an OpenPGP key of this account's GnuPG.
     *
     * @param key its fingerprint or id, or the address of its user, as for git's {@code user.signingKey}
     */
    public static CommitSigning gpg(String key) {
        return gpg("gpg", key);
    }

    /** The same with another program, as git's {@code gpg.program} names one. */
    public static CommitSigning gpg(String program, String key) {
        return gpg(program, key, Duration.ofMinutes(1));
    }

    /** @param limit how long the program may take for one signature */
    public static CommitSigning gpg(String program, String key, Duration limit) {
        return new CommitSigning(new GpgProgram(program, key, limit));
    }

    /** Whether commits stay unsigned. */
    public boolean isNone() {
        return key == null;
    }

    /** The same where a platform lists the keys of its orchestrators. */
    public CommitSigning believing(List<ListedKey> listed) {
        return new CommitSigning(key, listed, signers, own);
    }

    /** The keys that the platform lists. */
    public List<ListedKey> believed() {
        return believed;
    }

    public void sign(Repository repository, CommitBuilder commit, PersonIdent committer) {
        if (key == null) {
            return;
        }
        try {
            commit.setGpgSignature(key.sign(repository, commit.build(), committer));
        } catch (JGitInternalException | IOException problem) {
            throw FailureException.input("a commit cannot be signed: " + problem.getMessage(), key.shown(), key.fix());
        }
    }

    /**
     * Whether an orchestrator signed the commit while its key counted. The key of our records counts where the platform
     * lists none, as for records; one that was chosen for commits alone is ours in any case.
     */
    public boolean allows(Repository repository, RevCommit commit) throws IOException {
        if (commit.getRawGpgSignature() == null) {
            return false;
        }
        Optional<SigningKey> signer = signers.answer(commit.copy(), () -> CommitKey.signer(commit));
        boolean listed = signer.isPresent()
                && believed.stream()
                        .anyMatch(one -> one.key().same(signer.get())
                                && one.countsAt(commit.getCommitterIdent().getWhenAsInstant()));
        boolean counts = key != null && (believed.isEmpty() || !(key instanceof RecordKey));
        return listed || (counts && made(repository, commit, signer));
    }

    private boolean made(Repository repository, RevCommit commit, Optional<SigningKey> signer) throws IOException {
        try {
            return own.answer(commit.copy(), () -> {
                try {
                    return key.made(repository, commit, signer);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The orchestrator's own key, which signs its records, too. */
    private record RecordKey(SignedStatements statements) implements CommitKey {
        private static final int COLUMNS = 70;

        @Override
        public String shown() {
            return "the orchestrator's key";
        }

        @Override
        public String fix() {
            return "imaas key";
        }

        @Override
        public GpgSignature sign(Repository repository, byte[] content, PersonIdent committer) {
            byte[] lineEnd = {'\n'};
            byte[] armored = ("-----BEGIN SSH SIGNATURE-----\n"
                            + Base64.getMimeEncoder(COLUMNS / 4 * 4, lineEnd)
                                    .encodeToString(statements.signCommit(content))
                            + "\n-----END SSH SIGNATURE-----")
                    .getBytes(StandardCharsets.US_ASCII);
            return new GpgSignature(armored);
        }

        @Override
        public boolean made(Repository repository, RevCommit commit, Optional<SigningKey> signer) {
            return signer.isPresent()
                    && statements.key().filter(signer.get()::same).isPresent();
        }
    }
}
