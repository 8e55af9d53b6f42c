package io.imaas.adapter.git.sign;

import io.imaas.model.identity.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

interface CommitKey {
    /** How a person knows it. */
    String shown();

    /** What to try when it does not sign. */
    String fix();

    GpgSignature sign(Repository repository, byte[] content, PersonIdent committer) throws IOException;

    /**
     * Whether this very key signed the commit as it is.
     *
     * @param signer whose SSH key it was; empty when it was none
     */
    boolean made(Repository repository, RevCommit commit, Optional<SigningKey> signer) throws IOException;

    /** Whose SSH key signed a commit as it is; empty when none did. */
    static Optional<SigningKey> signer(RevCommit commit) {
        String armored = new String(commit.getRawGpgSignature(), StandardCharsets.US_ASCII);
        // A merge on the server's own page is signed by the server, in OpenPGP's form.
        return armored.startsWith("-----BEGIN SSH SIGNATURE-----")
                ? SigningKey.ofCommit(signed(commit.getRawBuffer()), binary(armored))
                : Optional.empty();
    }

    /** A signature without what stands around it; empty when it is damaged. */
    static byte[] binary(String armored) {
        try {
            return Base64.getMimeDecoder().decode(armored.replaceAll("-----[^-\\n]+-----", ""));
        } catch (IllegalArgumentException damaged) {
            return new byte[0];
        }
    }

    /**
     * The commit as it was when it was signed: without the signature's header, which goes on in indented lines. Where that does
     * not stand once and behind all that is read of a commit, as whoever signs puts it, nothing was signed: before a parent it
     * would hide that parent.
     */
    static byte[] signed(byte[] commit) {
        byte[] header = "gpgsig ".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        byte[] last = "committer ".getBytes(StandardCharsets.US_ASCII);
        boolean all = false;
        boolean left = false;
        boolean leaving = false;
        int at = 0;
        while (at < commit.length && commit[at] != '\n') {
            int end = at;
            while (end < commit.length && commit[end] != '\n') {
                end++;
            }
            boolean goesOn = commit[at] == ' ';
            all |= begins(commit, at, last);
            boolean again = !goesOn && begins(commit, at, header);
            if (again && (left || !all)) {
                return new byte[0];
            }
            left |= again;
            leaving = goesOn ? leaving : again;
            if (!leaving) {
                signed.write(commit, at, end + 1 - at);
            }
            at = end + 1;
        }
        signed.write(commit, at, commit.length - at);
        return signed.toByteArray();
    }

    private static boolean begins(byte[] commit, int at, byte[] word) {
        return Arrays.equals(word, 0, word.length, commit, at, Math.min(commit.length, at + word.length));
    }
}
