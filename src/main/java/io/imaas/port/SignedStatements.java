package io.imaas.port;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.Envelope;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Statement.SignedStatement;
import java.util.Optional;

/** Signs statements with our own key, and reads them. */
public interface SignedStatements {
    /**
     * The statement as a file, signed; a key is made when there is none yet.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when the key can't be used
     */
    String sign(Statement statement);

    /**
     * Signs a commit with the same key: as {@code ssh-keygen -Y sign -n git} does, in binary form.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when the key can't be used
     */
    byte[] signCommit(byte[] commit);

    /**
     * What a file says, whoever has signed it.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when it is not a signed statement
     */
    SignedStatement read(String text);

    /** Whether the owner of the key has signed it. */
    default boolean signed(Envelope envelope, SigningKey key) {
        return envelope.signedBy(key);
    }

    /** An envelope as a file: what {@link #sign} writes, byte for byte. */
    String write(Envelope envelope);

    /** The public half of our own key, which is made when there is none yet. */
    SigningKey ownKey();

    /** The public half of our own key; empty while there is none yet. */
    Optional<SigningKey> key();
}
