package io.imaas.step.record;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Statement.SignedStatement;
import io.imaas.model.record.Trust;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Seal;
import io.imaas.port.SignedStatements;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Seals the branch of records with a statement about each commit, signed as the records are. */
record RecordsSeal(SignedStatements format, Trust trust, TenantName tenant) implements Seal {
    private static final String TYPE = "urn:imaas:record:seal:v1";

    private Statement statement(Content content) {
        String parents = content.parents().stream().map(CommitId::value).collect(Collectors.joining(" "));
        String sealed = "tree " + content.tree() + "\nparents " + parents + "\n";
        return new Statement(
                TYPE,
                tenant + "/" + GitOpsPaths.RECORDS,
                Digest.of(sealed).hex(),
                Map.of(Statement.AT, content.at().toString()));
    }

    @Override
    public String of(Content content) {
        byte[] envelope =
                format.sign(Records.ofPlatform(trust, statement(content))).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(envelope);
    }

    @Override
    public boolean holds(String line, Content content) {
        try {
            String envelope = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
            SignedStatement signed = format.read(envelope);
            return Records.withoutPlatform(trust, signed.statement()).equals(statement(content))
                    && trust.orElse(format.key()).doubt(signed, format::signed).isEmpty();
        } catch (FailureException | IllegalArgumentException none) {
            return false;
        }
    }
}
