package io.imaas.adapter.dsse;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.Envelope;
import io.imaas.model.record.SignedStatement;
import io.imaas.model.record.Statement;
import io.imaas.port.SignedStatements;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Signs with a key in a file. */
public final class DsseStatements implements SignedStatements {
    private final KeyFile key;

    public DsseStatements(KeyFile key) {
        this.key = key;
    }

    @Override
    public String sign(Statement statement) {
        String payload = DsseJson.statement(statement);
        byte[] signature = key.sign(Envelope.signedBytes(Envelope.IN_TOTO, payload));
        return DsseJson.envelope(new Envelope(
                Envelope.IN_TOTO,
                payload,
                List.of(new Envelope.Signed(key.publicKey().id(), base64(signature)))));
    }

    @Override
    public SignedStatement read(String text) {
        return DsseJson.read(text);
    }

    @Override
    public String write(Envelope envelope) {
        return DsseJson.envelope(envelope);
    }

    @Override
    public SigningKey ownKey() {
        return key.publicKey();
    }

    @Override
    public Optional<SigningKey> key() {
        return key.exists() ? Optional.of(key.publicKey()) : Optional.empty();
    }

    static String base64(byte[] bytes) {
        return new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII);
    }
}
