package io.imaas.adapter.git.sign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.api.errors.CanceledException;
import org.eclipse.jgit.api.errors.UnsupportedSigningFormatException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SignatureVerifier;
import org.eclipse.jgit.lib.SignatureVerifiers;
import org.eclipse.jgit.lib.Signers;
import org.eclipse.jgit.revwalk.RevCommit;

/** Signs with an SSH key, and knows its own signatures again. */
final class SshKey implements CommitKey {
    /** PROTOCOL.sshsig of OpenSSH: the magic word, then the version, then the public key. */
    private static final int BEFORE_THE_KEY = "SSHSIG".length() + Integer.BYTES;

    private static final String ARMOR = "-----BEGIN SSH SIGNATURE-----";

    private final String file;
    private final AtomicReference<String> publicKey = new AtomicReference<>();

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
        try {
            return Signers.get(GpgConfig.GpgFormat.SSH).sign(repository, config(null), content, committer, file, null);
        } catch (CanceledException | UnsupportedSigningFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean made(Repository repository, RevCommit commit) throws IOException {
        // A merge on the server's own page is signed by the server, in OpenPGP's form.
        if (!new String(commit.getRawGpgSignature(), StandardCharsets.US_ASCII).startsWith(ARMOR)) {
            return false;
        }
        SignatureVerifier.SignatureVerification answer =
                SignatureVerifiers.verify(repository, config(ownKey(repository)), commit);
        return answer != null && answer.verified();
    }

    private GpgConfig config(Path allowed) {
        Config config = new Config();
        config.setString("gpg", null, "format", "ssh");
        config.setString("user", null, "signingkey", file);
        if (allowed != null) {
            config.setString("gpg", "ssh", "allowedSignersFile", allowed.toString());
        }
        return new GpgConfig(config);
    }

    /** What verifies signatures wants a file of those who may sign: this key alone. */
    private Path ownKey(Repository repository) throws IOException {
        String line = "* " + publicKey(repository) + "\n";
        Path allowed = repository.getDirectory().toPath().resolve("imaas-own-key");
        if (!Files.exists(allowed) || !Files.readString(allowed).equals(line)) {
            Files.writeString(allowed, line);
        }
        return allowed;
    }

    /** A signature carries its key: that works with an agent too, which hands out no file. */
    private String publicKey(Repository repository) throws IOException {
        String known = publicKey.get();
        if (known == null) {
            PersonIdent nobody = new PersonIdent("imaas", "imaas@localhost");
            String armored = sign(repository, "who am I".getBytes(StandardCharsets.UTF_8), nobody)
                    .toExternalString();
            known = keyIn(Base64.getMimeDecoder().decode(armored.replaceAll("-----[^-\\n]+-----", "")));
            publicKey.set(known);
        }
        return known;
    }

    private static String keyIn(byte[] signature) {
        ByteBuffer bytes = ByteBuffer.wrap(signature).position(BEFORE_THE_KEY);
        byte[] key = new byte[bytes.getInt()];
        bytes.get(key);
        ByteBuffer within = ByteBuffer.wrap(key);
        byte[] type = new byte[within.getInt()];
        within.get(type);
        return new String(type, StandardCharsets.US_ASCII) + " "
                + Base64.getEncoder().encodeToString(key);
    }
}
