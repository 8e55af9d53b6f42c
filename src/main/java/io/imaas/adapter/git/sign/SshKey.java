package io.imaas.adapter.git.sign;

import io.imaas.model.identity.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.api.errors.CanceledException;
import org.eclipse.jgit.api.errors.UnsupportedSigningFormatException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.Signers;
import org.eclipse.jgit.revwalk.RevCommit;

/** Signs with an SSH key, and knows its own signatures again. */
final class SshKey implements CommitKey {
    private final String file;
    private final AtomicReference<SigningKey> publicKey = new AtomicReference<>();

    /** @param file private key, or a public key whose private half an SSH agent holds */
    SshKey(String file) {
        this.file = file;
    }

    @Override
    public String shown() {
        return file;
    }

    @Override
    public String fix() {
        return "name a readable SSH private key without passphrase, or load it into the SSH agent";
    }

    @Override
    public GpgSignature sign(Repository repository, byte[] content, PersonIdent committer) throws IOException {
        Config config = new Config();
        config.setString("gpg", null, "format", "ssh");
        config.setString("user", null, "signingkey", file);
        try {
            return Signers.get(GpgConfig.GpgFormat.SSH)
                    .sign(repository, new GpgConfig(config), content, committer, file, null);
        } catch (CanceledException | UnsupportedSigningFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean made(Repository repository, RevCommit commit, Optional<SigningKey> signer) throws IOException {
        return signer.isPresent() && signer.get().same(publicKey(repository));
    }

    /** A signature carries its key: that works with an agent too, which hands out no file. */
    private SigningKey publicKey(Repository repository) throws IOException {
        SigningKey known = publicKey.get();
        if (known == null) {
            byte[] content = "who am I".getBytes(StandardCharsets.UTF_8);
            GpgSignature signature = sign(repository, content, new PersonIdent("imaas", "imaas@localhost"));
            known = SigningKey.ofCommit(content, CommitKey.binary(signature.toExternalString()))
                    .orElseThrow(() -> new IOException("it is neither ECDSA on P-256, RSA nor Ed25519"));
            publicKey.set(known);
        }
        return known;
    }
}
