package io.imaas.adapter.dsse;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.identity.SshFields;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The kind of key that the orchestrator makes, ECDSA on P-256, in a private key file of OpenSSH without a passphrase (OpenSSH's
 * PROTOCOL.key). The library that reads every kind of key first loads Bouncy Castle, which takes a second of processor time:
 * a third of a command that signs.
 */
final class OpenSshP256 {
    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final String MAGIC = "openssh-key-v1\0";
    private static final String KIND = "ecdsa-sha2-nistp256";
    private static final String CURVE = "nistp256";
    private static final String NONE = "none";
    private static final int COORDINATE = 32;
    private static final int COLUMNS = 70;
    private static final int BLOCK = 8;

    private OpenSshP256() {}

    /** Empty when the file holds anything else, which the library reads or has words for. */
    static Optional<KeyPair> read(String text) {
        String whole = text.strip();
        if (!whole.startsWith(BEGIN) || !whole.endsWith(END)) {
            return Optional.empty();
        }
        try {
            SshFields file = new SshFields(
                    Base64.getMimeDecoder().decode(whole.substring(BEGIN.length(), whole.length() - END.length())));
            boolean open = file.word(MAGIC.length()).equals(MAGIC)
                    && file.word().equals(NONE)
                    && file.word().equals(NONE)
                    && file.field().length == 0
                    && file.number() == 1;
            return open ? pair(file.field(), new SshFields(file.field())) : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException | GeneralSecurityException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<KeyPair> pair(byte[] told, SshFields secret) throws GeneralSecurityException {
        int check = secret.number();
        if (check != secret.number()
                || !secret.word().equals(KIND)
                || !secret.word().equals(CURVE)) {
            return Optional.empty();
        }
        byte[] point = secret.field();
        BigInteger number = new BigInteger(1, secret.field());
        PublicKey key = new SigningKey("own", line(told)).publicKey();
        if (!(key instanceof ECPublicKey its) || !Arrays.equals(told, told(point))) {
            return Optional.empty();
        }
        return Optional.of(new KeyPair(
                its, KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number, its.getParams()))));
    }

    /** Such a key as a line of a {@code .pub} file, without a comment. */
    static String line(ECPublicKey key) {
        return line(told(point(key)));
    }

    /** Such a key pair as a private key file. */
    static String write(KeyPair pair, String comment) {
        byte[] point = point((ECPublicKey) pair.getPublic());
        byte[] check = new byte[Integer.BYTES];
        new SecureRandom().nextBytes(check);
        ByteArrayOutputStream secret = new ByteArrayOutputStream();
        secret.writeBytes(check);
        secret.writeBytes(check);
        secret.writeBytes(told(point));
        field(secret, ((ECPrivateKey) pair.getPrivate()).getS().toByteArray());
        field(secret, comment.getBytes(StandardCharsets.UTF_8));
        for (int i = 1; secret.size() % BLOCK != 0; i++) {
            secret.write(i);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
        field(file, NONE.getBytes(StandardCharsets.US_ASCII));
        field(file, NONE.getBytes(StandardCharsets.US_ASCII));
        field(file, new byte[0]);
        file.writeBytes(number(1));
        field(file, told(point));
        field(file, secret.toByteArray());
        String text = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(file.toByteArray());
        return BEGIN + "\n" + text + "\n" + END + "\n";
    }

    private static String line(byte[] told) {
        return KIND + " " + Base64.getEncoder().encodeToString(told);
    }

    /** RFC 5656, section 3.1. */
    private static byte[] told(byte[] point) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        field(told, KIND.getBytes(StandardCharsets.US_ASCII));
        field(told, CURVE.getBytes(StandardCharsets.US_ASCII));
        field(told, point);
        return told.toByteArray();
    }

    /** A byte that says "not compressed", and two coordinates. */
    private static byte[] point(ECPublicKey key) {
        ByteBuffer point = ByteBuffer.allocate(1 + 2 * COORDINATE).put((byte) 4);
        for (BigInteger coordinate :
                new BigInteger[] {key.getW().getAffineX(), key.getW().getAffineY()}) {
            byte[] bytes = coordinate.toByteArray();
            int from = Math.max(0, bytes.length - COORDINATE);
            point.position(point.position() + COORDINATE - (bytes.length - from));
            point.put(bytes, from, bytes.length - from);
        }
        return point.array();
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static void field(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(number(bytes.length));
        out.writeBytes(bytes);
    }
}
