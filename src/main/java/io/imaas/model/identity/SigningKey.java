package io.imaas.model.identity;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A public key that checks signatures: ECDSA on P-256, P-384 or P-521, RSA, or Ed25519.
 *
 * @param name for people, such as {@code release}
 * @param text the key as {@code -----BEGIN PUBLIC KEY-----} and so on, as {@code cosign} writes {@code cosign.pub}; or one
 *     line as {@code ssh-keygen} writes {@code id_ed25519.pub}
 */
public record SigningKey(String name, String text) implements Serializable {
    private static final Pattern FORM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final int LEAST_RSA_BITS = 2048;

    /** @throws FailureException INPUT when the text holds no public key that can be used */
    public SigningKey {
        parse(text);
    }

    /** Whether the owner of the key signed exactly these bytes. A signature that makes no sense is none. */
    public boolean signed(byte[] content, byte[] signature) {
        return SshSignature.isOne(signature)
                ? SshSignature.parse(signature)
                        .filter(ssh -> ssh.by(parse(text), content))
                        .isPresent()
                : signedPlainly(content, signature);
    }

    /**
     * The key whose owner signed a commit, as {@code ssh-keygen} does; empty when the signature is none, or is not for Git.
     *
     * @param signature in binary form
     */
    public static Optional<SigningKey> ofCommit(byte[] content, byte[] signature) {
        if (!SshSignature.isOne(signature)) {
            return Optional.empty();
        }
        try {
            return SshSignature.parse(signature)
                    .flatMap(ssh -> ssh.signerOfCommit(content))
                    .map(line -> new SigningKey("", line));
        } catch (FailureException tooShort) {
            return Optional.empty();
        }
    }

    /**
     * The signature of a commit, in binary form.
     *
     * @param line the key's public half, as {@code ssh-keygen} writes it
     * @param sign as {@link #signed} verifies it
     */
    public static byte[] signCommit(String line, byte[] content, UnaryOperator<byte[]> sign) {
        return SshSignature.ofCommit(Base64.getDecoder().decode(line.split(" ")[1]), content, sign);
    }

    private boolean signedPlainly(byte[] content, byte[] signature) {
        PublicKey key = parse(text);
        return switch (key.getAlgorithm()) {
            // cosign 3 signs with a hash as long as the curve, verifies with SHA-256, and signed so before.
            case "EC" ->
                Stream.of("SHA256", "SHA" + bits((ECKey) key))
                        .distinct()
                        .anyMatch(hash -> signed(key, hash + "withECDSA", null, content, signature));
            // It signs images with Ed25519ph, and everything else with Ed25519.
            case "EdDSA" ->
                Stream.of(false, true)
                        .map(EdDSAParameterSpec::new)
                        .anyMatch(kind -> signed(key, "Ed25519", kind, content, signature));
            default -> signed(key, "SHA256withRSA", null, content, signature);
        };
    }

    /** Of the hash that is as long as the curve (Sigstore's registry of algorithms). */
    private static int bits(ECKey curve) {
        int order = curve.getParams().getOrder().bitLength();
        return order > 384 ? 512 : order > 256 ? 384 : 256;
    }

    private static boolean signed(
            PublicKey key, String algorithm, AlgorithmParameterSpec more, byte[] content, byte[] signature) {
        try {
            Signature check = Signature.getInstance(algorithm);
            if (more != null) {
                check.setParameter(more);
            }
            check.initVerify(key);
            check.update(content);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** SHA-256 of the key in its X.509 form, in 64 hexadecimal digits: {@code openssl pkey -pubin -outform DER}. */
    public String id() {
        try {
            byte[] der = parse(text).getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw FailureException.defect("every Java has SHA-256", e);
        }
    }

    public PublicKey publicKey() {
        return parse(text);
    }

    /** As {@code platform.yaml} lists it. */
    public String listed() {
        return "{name: " + name + ", key: \"" + text + "\"}";
    }

    /** Whether both are one key, however they are written and called. */
    public boolean same(SigningKey other) {
        return id().equals(other.id());
    }

    private static PublicKey parse(String text) {
        Matcher form = FORM.matcher(text);
        Optional<PublicKey> read = form.matches()
                ? ALGORITHMS.stream()
                        .flatMap(algorithm -> read(algorithm, form.group(1)).stream())
                        .findFirst()
                : SshPublicKey.ofLine(text);
        PublicKey key = read.orElseThrow(() ->
                refused("this is not a public key, or it is damaged, or it is neither ECDSA on P-256 (as PEM also on"
                        + " P-384 and P-521), RSA nor Ed25519"));
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw refused("an RSA key of " + rsa.getModulus().bitLength() + " bits can be forged");
        }
        return key;
    }

    private static Optional<PublicKey> read(String algorithm, String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // A key of another algorithm, or none at all.
            return Optional.empty();
        }
    }

    private static FailureException refused(String what) {
        return FailureException.input(
                what,
                "write what 'cosign generate-key-pair' put into cosign.pub, from BEGIN to END PUBLIC KEY, or the line"
                        + " that ssh-keygen put into its .pub file");
    }
}
