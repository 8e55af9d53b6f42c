package io.imaas.adapter.git;

import io.imaas.model.FailureException;
import java.io.IOException;
import org.eclipse.jgit.api.errors.CanceledException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.api.errors.UnsupportedSigningFormatException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.Signer;
import org.eclipse.jgit.lib.Signers;

/** Signs commits with an SSH key or an OpenPGP key. */
public final class CommitSigning {
    private final String sshKeyFile;
    private final GpgProgram gpg;

    private CommitSigning(String sshKeyFile, GpgProgram gpg) {
        this.sshKeyFile = sshKeyFile;
        this.gpg = gpg;
    }

    /** Commits stay unsigned. */
    public static CommitSigning none() {
        return new CommitSigning("", null);
    }

    /**
     * Signs with an SSH key.
     *
     * @param keyFile private key, or a public key whose private half an SSH agent holds
     */
    public static CommitSigning ssh(String keyFile) {
        return new CommitSigning(keyFile, null);
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
        return new CommitSigning("", new GpgProgram(program, key));
    }

    void sign(Repository repository, CommitBuilder commit, PersonIdent committer) {
        if (gpg != null) {
            signWithGpg(commit);
        } else if (!sshKeyFile.isEmpty()) {
            signWithSsh(repository, commit, committer);
        }
    }

    private void signWithGpg(CommitBuilder commit) {
        try {
            commit.setGpgSignature(gpg.sign(commit.build()));
        } catch (IOException problem) {
            throw FailureException.input(
                    "a commit cannot be signed: " + problem.getMessage(),
                    gpg.key(),
                    "install GnuPG, import the secret key, and load its passphrase into the agent");
        }
    }

    private void signWithSsh(Repository repository, CommitBuilder commit, PersonIdent committer) {
        Config config = new Config();
        config.setString("gpg", null, "format", "ssh");
        config.setString("user", null, "signingkey", sshKeyFile);
        GpgConfig format = new GpgConfig(config);
        Signer signer = Signers.get(GpgConfig.GpgFormat.SSH);
        try {
            signer.signObject(repository, format, commit, committer, sshKeyFile, null);
        } catch (CanceledException | UnsupportedSigningFormatException | JGitInternalException | IOException problem) {
            throw FailureException.input(
                    "a commit cannot be signed: " + problem.getMessage(),
                    sshKeyFile,
                    "name a readable SSH private key without passphrase, or load it into the SSH agent");
        }
    }
}
