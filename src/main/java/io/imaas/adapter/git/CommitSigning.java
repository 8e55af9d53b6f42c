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

/** Signs commits with an SSH key. */
public final class CommitSigning {
    private final String sshKeyFile;

    private CommitSigning(String sshKeyFile) {
        this.sshKeyFile = sshKeyFile;
    }

    /** Commits stay unsigned. */
    public static CommitSigning none() {
        return new CommitSigning("");
    }

    /**
     * Signs with an SSH key.
     *
     * @param keyFile private key, or a public key whose private half an SSH agent holds
     */
    public static CommitSigning ssh(String keyFile) {
        return new CommitSigning(keyFile);
    }

    void sign(Repository repository, CommitBuilder commit, PersonIdent committer) {
        if (sshKeyFile.isEmpty()) {
            return;
        }
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
