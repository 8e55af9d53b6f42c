package io.imaas.adapter.dsse;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.Envelope;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Statement.SignedStatement;
import io.imaas.port.OwnKey;
import io.imaas.port.Remembered;
import io.imaas.port.SignedStatements;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** Signs with our own key, wherever it is. */
public final class DsseStatements implements SignedStatements {
    /** The proof of what a person signs. */
    private static final String SAID = "ssh_signature";

    /** Two kilobytes each. */
    private static final int REMEMBERED = 4096;

    private final OwnKey key;
    private final PersonKey person;
    private final Remembered<Checked, Boolean> known = new Remembered<>(REMEMBERED);

    public DsseStatements(OwnKey key) {
        this(key, null);
    }

    private DsseStatements(OwnKey key, PersonKey person) {
        this.key = key;
        this.person = person;
    }

    /** The same, whose statements about what a person says are signed by that person as well. */
    public DsseStatements alsoBy(Path personKey) {
        return new DsseStatements(key, new PersonKey(personKey));
    }

    @Override
    public String sign(Statement statement) {
        String payload = DsseJson.statement(statement);
        byte[] content = Envelope.signedBytes(Envelope.IN_TOTO, payload);
        List<Envelope.Signed> signatures = new ArrayList<>();
        signatures.add(new Envelope.Signed(key.publicKey().id(), base64(key.sign(content))));
        if (person != null && SAID.equals(statement.said().get("proof"))) {
            signatures.add(new Envelope.Signed((String) statement.said().get("by"), base64(person.sign(content))));
        }
        return DsseJson.envelope(new Envelope(Envelope.IN_TOTO, payload, signatures));
    }

    @Override
    public byte[] signCommit(byte[] commit) {
        return SigningKey.signCommit(line(key.publicKey()), commit, key::sign);
    }

    @Override
    public SignedStatement read(String text) {
        return DsseJson.read(text);
    }

    /** Each observation reads the same records again, and to check a signature takes a millisecond. */
    @Override
    public boolean signed(Envelope envelope, SigningKey by) {
        return known.answer(new Checked(envelope, by), () -> envelope.signedBy(by));
    }

    private record Checked(Envelope envelope, SigningKey key) {}

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

    /** As {@code ssh-keygen} writes it. */
    private static String line(SigningKey key) {
        return key.text().startsWith("-----") ? PublicKeyEntry.toString(key.publicKey()) : key.text();
    }

    static String base64(byte[] bytes) {
        return new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII);
    }

    /**
     * A person's SSH key. {@code ssh-keygen} itself signs with it, so that passphrases, agents and hardware keys work as
     * the person knows them.
     */
    private record PersonKey(Path file) {
        private static final String NAMESPACE = "imaas";

        /**
         * As {@code ssh-keygen -Y sign} makes it, in binary form.
         *
         * @throws FailureException INPUT with the program's own words when there is no signature
         */
        byte[] sign(byte[] content) {
            try {
                // What it asks the person goes to the terminal.
                Process program = new ProcessBuilder(
                                "ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-f", file.toString())
                        .start();
                program.getOutputStream().write(content);
                program.getOutputStream().close();
                ByteArrayOutputStream armored = new ByteArrayOutputStream();
                program.getInputStream().transferTo(armored);
                String said = new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                if (program.waitFor() != 0) {
                    throw refused(said);
                }
                String text = armored.toString(StandardCharsets.US_ASCII).replaceAll("-----[^-\n]+-----", "");
                return Base64.getMimeDecoder().decode(text);
            } catch (IOException e) {
                throw refused(e.getMessage());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw refused("interrupted");
            }
        }

        private FailureException refused(String why) {
            return FailureException.input(
                    "the statement can't be signed: " + why,
                    file.toString(),
                    "name your private SSH key, or the public one whose private half your agent holds; ssh-keygen must be"
                            + " installed");
        }
    }
}
