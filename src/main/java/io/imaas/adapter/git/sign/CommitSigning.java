package io.imaas.adapter.git.sign;

import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** Signs commits with an SSH key or an OpenPGP key, and knows by it which commits are its own. */
public final class CommitSigning {
    private static final int REMEMBERED = 10_000;

    private final CommitKey key;

    /** A commit never changes, and asking GnuPG costs a process. */
    private final Map<ObjectId, Boolean> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    private CommitSigning(CommitKey key) {
        this.key = key;
    }

    /** Commits stay unsigned. */
    public static CommitSigning none() {
        return new CommitSigning(null);
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

    /** Whether the commit is signed by this key; without a key nothing speaks against any commit. */
    public boolean allows(Repository repository, RevCommit commit) throws IOException {
        if (key == null) {
            return true;
        }
        if (commit.getRawGpgSignature() == null) {
            return false;
        }
        Boolean before = known.get(commit);
        boolean made = before == null ? key.made(repository, commit) : before;
        known.put(commit.copy(), made);
        return made;
    }
}
