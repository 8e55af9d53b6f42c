package io.imaas.model.identity;

import io.imaas.model.failure.FailureException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A signature as {@code ssh-keygen -Y sign} makes it: over the hash of the content, and for one purpose, its namespace
 * (OpenSSH, PROTOCOL.sshsig).
 *
 * @param key whose it says it is, in binary form
 * @param hash {@code sha256} or {@code sha512}
 * @param algorithm such as {@code ssh-ed25519}
 */
@SuppressWarnings("ArrayRecordComponent") // keys and signatures are bytes; signatures are never compared
record SshSignature(byte[] key, String namespace, String hash, String algorithm, byte[] signature)
        implements java.io.Serializable {
    private static final String COMMITS = "git";

    private static final String STATEMENTS = "imaas";
    private static final String MAGIC = "SSHSIG";
    private static final Map<String, String> HASHES = Map.of("sha256", "SHA-256", "sha512", "SHA-512");
    private static final Map<String, String> ALGORITHMS = Map.of(
            "ssh-ed25519", "Ed25519",
            "ecdsa-sha2-nistp256", "SHA256withECDSA",
            "rsa-sha2-256", "SHA256withRSA",
            "rsa-sha2-512", "SHA512withRSA");

    static boolean isOne(byte[] signature) {
        byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
        return signature.length > magic.length && Arrays.equals(magic, 0, magic.length, signature, 0, magic.length);
    }

    /** Empty when it is damaged, or of another version. */
    static Optional<SshSignature> parse(byte[] bytes) {
        try {
            SshFields fields = new SshFields(bytes);
            fields.word(MAGIC.length());
            boolean known = fields.number() == 1;
            byte[] key = fields.field();
            String namespace = fields.word();
            boolean nothingReserved = fields.field().length == 0;
            String hash = fields.word();
            SshFields inner = new SshFields(fields.field());
            SshSignature signature = new SshSignature(key, namespace, hash, inner.word(), inner.field());
            return known && nothingReserved && fields.atEnd() ? Optional.of(signature) : Optional.empty();
        } catch (BufferUnderflowException damaged) {
            return Optional.empty();
        }
    }

    /**
     * Makes one, for Git's commits.
     *
     * @param sign ECDSA and RSA with SHA-256, or Ed25519
     */
    static byte[] ofCommit(byte[] key, byte[] content, UnaryOperator<byte[]> sign) {
        try {
            String kind = new SshFields(key).word();
            boolean ecdsa = kind.startsWith("ecdsa");
            SshSignature empty = new SshSignature(
                    key, COMMITS, "sha512", kind.equals("ssh-rsa") ? "rsa-sha2-256" : kind, new byte[0]);
            byte[] made = sign.apply(empty.signed(content));
            ByteArrayOutputStream inner = new ByteArrayOutputStream();
            field(inner, empty.algorithm().getBytes(StandardCharsets.US_ASCII));
            field(inner, ecdsa ? fields(made) : made);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(1).array());
            field(bytes, key);
            field(bytes, COMMITS.getBytes(StandardCharsets.US_ASCII));
            field(bytes, new byte[0]);
            field(bytes, empty.hash().getBytes(StandardCharsets.US_ASCII));
            field(bytes, inner.toByteArray());
            return bytes.toByteArray();
        } catch (GeneralSecurityException e) {
            throw FailureException.defect("every Java has SHA-512", e);
        }
    }

    /** The key that signed a commit, as a line; empty when it is not a valid signature of a commit. */
    Optional<String> signerOfCommit(byte[] content) {
        return SshPublicKey.of(key)
                .filter(owner -> by(owner, content, COMMITS))
                .map(owner ->
                        new SshFields(key).word() + " " + Base64.getEncoder().encodeToString(key));
    }

    /** Whether the owner of the key signed exactly this statement, and as one: what they signed for Git is none. */
    boolean by(PublicKey owner, byte[] statement) {
        return by(owner, statement, STATEMENTS);
    }

    private boolean by(PublicKey owner, byte[] content, String purpose) {
        String verifier = ALGORITHMS.get(algorithm);
        boolean his = SshPublicKey.of(key)
                .filter(named -> Arrays.equals(named.getEncoded(), owner.getEncoded()))
                .isPresent();
        if (!his || verifier == null || !HASHES.containsKey(hash) || !namespace.equals(purpose)) {
            return false;
        }
        try {
            Signature check = Signature.getInstance(verifier);
            check.initVerify(owner);
            check.update(signed(content));
            return check.verify(verifier.endsWith("ECDSA") ? der(signature) : signature);
        } catch (GeneralSecurityException | BufferUnderflowException damaged) {
            return false;
        }
    }

    private byte[] signed(byte[] content) throws GeneralSecurityException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
        field(bytes, namespace.getBytes(StandardCharsets.US_ASCII));
        field(bytes, new byte[0]);
        field(bytes, hash.getBytes(StandardCharsets.US_ASCII));
        field(bytes, MessageDigest.getInstance(HASHES.get(hash)).digest(content));
        return bytes.toByteArray();
    }

    private static void field(ByteArrayOutputStream into, byte[] field) {
        into.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        into.writeBytes(field);
    }

    /** The other way round: what Java wrote, as SSH has it. */
    private static byte[] fields(byte[] der) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        // Two numbers of 33 bytes at the most: no length takes more than a byte.
        int r = der[3];
        field(fields, Arrays.copyOfRange(der, 4, 4 + r));
        field(fields, Arrays.copyOfRange(der, 4 + r + 2, der.length));
        return fields.toByteArray();
    }

    /** SSH writes the two numbers of an ECDSA signature as fields, and Java reads them as ASN.1. */
    private static byte[] der(byte[] fields) {
        SshFields numbers = new SshFields(fields);
        byte[] r = new BigInteger(1, numbers.field()).toByteArray();
        byte[] s = new BigInteger(1, numbers.field()).toByteArray();
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(0x30);
        der.write(r.length + s.length + 4);
        for (byte[] number : new byte[][] {r, s}) {
            der.write(0x02);
            der.write(number.length);
            der.writeBytes(number);
        }
        return der.toByteArray();
    }
}
