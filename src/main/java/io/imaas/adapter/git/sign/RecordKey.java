package io.imaas.adapter.git.sign;

import io.imaas.model.identity.SigningKey;
import io.imaas.port.SignedStatements;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** The orchestrator's own key, which signs its records, too. */
record RecordKey(SignedStatements statements) implements CommitKey {
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
                        + Base64.getMimeEncoder(COLUMNS / 4 * 4, lineEnd).encodeToString(statements.signCommit(content))
                        + "\n-----END SSH SIGNATURE-----")
                .getBytes(StandardCharsets.US_ASCII);
        return new GpgSignature(armored);
    }

    @Override
    public boolean made(Repository repository, RevCommit commit, Optional<SigningKey> signer) {
        return signer.isPresent() && statements.key().filter(signer.get()::same).isPresent();
    }
}
