package io.imaas.model.identity;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys as OpenSSH writes them: Ed25519, ECDSA on P-256, RSA. */
final class SshPublicKey {
    private static final Pattern LINE =
            Pattern.compile("\\s*(ssh-ed25519|ecdsa-sha2-nistp256|ssh-rsa) +([A-Za-z0-9+/]+={0,2})( [^\\r\\n]*)?\\s*");

    /** What stands before the 32 bytes of an Ed25519 key in X.509 (RFC 8410). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;

    /** A byte that says "not compressed", and two coordinates. */
    private static final int P256_BYTES = 65;

    private SshPublicKey() {}

    /** One line of a {@code .pub} file; empty when it is none. */
    static Optional<PublicKey> ofLine(String line) {
        Matcher form = LINE.matcher(line);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            byte[] key = Base64.getDecoder().decode(form.group(2));
            return new SshFields(key).word().equals(form.group(1)) ? of(key) : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException damaged) {
            return Optional.empty();
        }
    }

    /** The binary form (RFC 4253, section 6.6); empty when it is none. */
    static Optional<PublicKey> of(byte[] key) {
        try {
            SshFields fields = new SshFields(key);
            PublicKey read =
                    switch (fields.word()) {
                        case "ssh-ed25519" -> ed25519(fields.field());
                        case "ecdsa-sha2-nistp256" -> p256(fields);
                        case "ssh-rsa" -> rsa(new BigInteger(fields.field()), new BigInteger(fields.field()));
                        default -> null;
                    };
            return Optional.ofNullable(read).filter(whole -> fields.atEnd());
        } catch (GeneralSecurityException | BufferUnderflowException | NumberFormatException damaged) {
            return Optional.empty();
        }
    }

    private static PublicKey ed25519(byte[] key) throws GeneralSecurityException {
        if (key.length != ED25519_BYTES) {
            return null;
        }
        byte[] der = ByteBuffer.allocate(ED25519.length + key.length)
                .put(ED25519)
                .put(key)
                .array();
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    }

    private static PublicKey p256(SshFields fields) throws GeneralSecurityException {
        String curve = fields.word();
        byte[] point = fields.field();
        if (!curve.equals("nistp256") || point.length != P256_BYTES || point[0] != 4) {
            return null;
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        int middle = 1 + (P256_BYTES - 1) / 2;
        ECPoint at = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, middle)),
                new BigInteger(1, Arrays.copyOfRange(point, middle, P256_BYTES)));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(at, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static PublicKey rsa(BigInteger exponent, BigInteger modulus) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }
}
