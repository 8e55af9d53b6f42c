package io.imaas.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A Sigstore of one's own: an authority, a log of certificates and a log of signatures, whose tree has one leaf. */
public final class TestSigstore {
    /** When everything is signed unless a test says otherwise. */
    public static final Instant SIGNED = Instant.parse("2026-03-01T10:05:00Z");

    private static final Instant FROM = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration VALID = Duration.ofMinutes(10);
    private static final X500Name AUTHORITY = new X500Name("CN=test-authority");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeyPair authority = keys();
    private final KeyPair certificates = keys();
    private final KeyPair log = keys();
    private final String host;

    public TestSigstore() {
        this("rekor.example.org");
    }

    /** @param host of the log of signatures, which signs under this name */
    TestSigstore(String host) {
        this.host = host;
    }

    /** Who signs what, and when the log says it was. */
    public record Signing(String identity, String issuer, String digest, String predicateType, Instant logged) {
        public Signing by(String who, String vouching) {
            return new Signing(who, vouching, digest, predicateType, logged);
        }

        public Signing of(String otherDigest) {
            return new Signing(identity, issuer, otherDigest, predicateType, logged);
        }

        public Signing saying(String type) {
            return new Signing(identity, issuer, digest, type, logged);
        }

        public Signing at(Instant time) {
            return new Signing(identity, issuer, digest, predicateType, time);
        }
    }

    /** The file that platforms keep. */
    public String trustedRoot() {
        try {
            Map<String, Object> since = Map.of("start", "2026-01-01T00:00:00Z");
            byte[] certificate = rootCertificate().getEncoded();
            return JSON.writeValueAsString(Map.of(
                    "mediaType",
                    "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
                    "tlogs",
                    List.of(logInstance("https://" + host, log)),
                    "ctlogs",
                    List.of(logInstance("https://ct.example.org", certificates)),
                    "certificateAuthorities",
                    List.of(Map.of(
                            "subject",
                            Map.of("organization", "example.org", "commonName", "test-authority"),
                            "uri",
                            "https://fulcio.example.org",
                            "certChain",
                            Map.of("certificates", List.of(Map.of("rawBytes", base64(certificate)))),
                            "validFor",
                            since))));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> logInstance(String url, KeyPair key) throws GeneralSecurityException {
        return Map.of(
                "baseUrl",
                url,
                "hashAlgorithm",
                "SHA2_256",
                "publicKey",
                Map.of(
                        "rawBytes",
                        base64(key.getPublic().getEncoded()),
                        "keyDetails",
                        "PKIX_ECDSA_P256_SHA_256",
                        "validFor",
                        Map.of("start", "2026-01-01T00:00:00Z")),
                "logId",
                Map.of("keyId", base64(id(key))));
    }

    /** As {@code cosign sign} writes it without a key. */
    public String bundle(Signing signing) {
        return bundle(signing, false);
    }

    /** As it does with Rekor 2, which knows the hash of the statement alone. */
    public String hashed(Signing signing) {
        return bundle(signing, true);
    }

    private String bundle(Signing signing, boolean hashed) {
        try {
            KeyPair own = keys();
            byte[] certificate = certificate(signing, own.getPublic());
            byte[] payload = JSON.writeValueAsBytes(Map.of(
                    "_type",
                    "https://in-toto.io/Statement/v1",
                    "subject",
                    List.of(Map.of("name", "image", "digest", Map.of("sha256", signing.digest()))),
                    "predicateType",
                    signing.predicateType(),
                    "predicate",
                    Map.of()));
            String type = "application/vnd.in-toto+json";
            byte[] head = ("DSSEv1 " + type.length() + " " + type + " " + payload.length + " ")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] signature = sign(own, concat(head, payload));
            return JSON.writeValueAsString(Map.of(
                    "mediaType",
                    "application/vnd.dev.sigstore.bundle.v0.3+json",
                    "verificationMaterial",
                    Map.of(
                            "certificate",
                            Map.of("rawBytes", base64(certificate)),
                            "tlogEntries",
                            List.of(
                                    hashed
                                            ? entry(
                                                    signing,
                                                    "hashedrekord",
                                                    "0.0.2",
                                                    hashed(certificate, concat(head, payload), signature))
                                            : entry(signing, certificate, payload, signature))),
                    "dsseEnvelope",
                    Map.of(
                            "payload",
                            base64(payload),
                            "payloadType",
                            type,
                            "signatures",
                            List.of(Map.of("sig", base64(signature))))));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, Object> entry(Signing signing, byte[] certificate, byte[] payload, byte[] signature)
            throws IOException, GeneralSecurityException {
        String pem = "-----BEGIN CERTIFICATE-----\n" + base64(certificate) + "\n-----END CERTIFICATE-----\n";
        return entry(
                signing,
                "dsse",
                "0.0.1",
                Map.of(
                        "envelopeHash",
                        Map.of("algorithm", "sha256", "value", hex(sha256(payload))),
                        "payloadHash",
                        Map.of("algorithm", "sha256", "value", hex(sha256(payload))),
                        "signatures",
                        List.of(Map.of(
                                "signature",
                                base64(signature),
                                "verifier",
                                base64(pem.getBytes(StandardCharsets.US_ASCII))))));
    }

    private static Map<String, Object> hashed(byte[] certificate, byte[] signed, byte[] signature)
            throws GeneralSecurityException {
        Map<String, Object> verifier = Map.of(
                "keyDetails", "PKIX_ECDSA_P256_SHA_256", "x509Certificate", Map.of("rawBytes", base64(certificate)));
        return Map.of(
                "hashedRekordV002",
                Map.of(
                        "data",
                        Map.of("algorithm", "SHA2_256", "digest", base64(sha256(signed))),
                        "signature",
                        Map.of("content", base64(signature), "verifier", verifier)));
    }

    private Map<String, Object> entry(Signing signing, String kind, String version, Map<String, Object> spec)
            throws IOException, GeneralSecurityException {
        byte[] body = JSON.writeValueAsBytes(Map.of("apiVersion", version, "kind", kind, "spec", spec));
        long time = signing.logged().getEpochSecond();
        String promise = "{\"body\":\"" + base64(body) + "\",\"integratedTime\":" + time + ",\"logID\":\""
                + hex(id(log)) + "\",\"logIndex\":7}";
        byte[] root = sha256(concat(new byte[] {0}, body));
        String checkpoint = host + "\n1\n" + base64(root) + "\n";
        byte[] hint = ByteBuffer.allocate(4).put(id(log), 0, 4).array();
        byte[] signed = sign(log, checkpoint.getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "logIndex",
                "7",
                "logId",
                Map.of("keyId", base64(id(log))),
                "kindVersion",
                Map.of("kind", kind, "version", version),
                "integratedTime",
                String.valueOf(time),
                "inclusionPromise",
                Map.of("signedEntryTimestamp", base64(sign(log, promise.getBytes(StandardCharsets.UTF_8)))),
                "inclusionProof",
                Map.of(
                        "logIndex",
                        "0",
                        "rootHash",
                        base64(root),
                        "treeSize",
                        "1",
                        "hashes",
                        List.of(),
                        "checkpoint",
                        Map.of(
                                "envelope",
                                checkpoint + "\n\u2014 " + host + " " + base64(concat(hint, signed)) + "\n")),
                "canonicalizedBody",
                base64(body));
    }

    private X509CertificateHolder rootCertificate() throws IOException, OperatorCreationException {
        return new X509v3CertificateBuilder(
                        AUTHORITY,
                        BigInteger.ONE,
                        Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                        Date.from(Instant.parse("2036-01-01T00:00:00Z")),
                        AUTHORITY,
                        SubjectPublicKeyInfo.getInstance(authority.getPublic().getEncoded()))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate()));
    }

    /** With the log's promise inside (RFC 6962, section 3.3), which is over the same certificate without it. */
    byte[] certificate(Signing signing, PublicKey own)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                        AUTHORITY,
                        BigInteger.TWO,
                        Date.from(FROM),
                        Date.from(FROM.plus(VALID)),
                        new X500Name(new org.bouncycastle.asn1.x500.RDN[0]),
                        SubjectPublicKeyInfo.getInstance(own.getEncoded()))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning))
                .addExtension(
                        Extension.subjectAlternativeName,
                        true,
                        new GeneralNames(new GeneralName(
                                signing.identity().contains("://")
                                        ? GeneralName.uniformResourceIdentifier
                                        : GeneralName.rfc822Name,
                                signing.identity())))
                .addExtension(
                        new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8"), false, new DERUTF8String(signing.issuer()));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate());
        byte[] before =
                builder.build(signer).toASN1Structure().getTBSCertificate().getEncoded();
        byte[] signature = sign(
                certificates,
                ByteBuffer.allocate(17 + 32 + before.length)
                        .putShort((short) 0)
                        .putLong(FROM.toEpochMilli())
                        .putShort((short) 1)
                        .put(id(authority))
                        .put((byte) 0)
                        .putShort((short) before.length)
                        .put(before)
                        .putShort((short) 0)
                        .array());
        int length = 47 + signature.length;
        byte[] promises = ByteBuffer.allocate(4 + length)
                .putShort((short) (2 + length))
                .putShort((short) length)
                .put((byte) 0)
                .put(id(certificates))
                .putLong(FROM.toEpochMilli())
                .putShort((short) 0)
                .put((byte) 4)
                .put((byte) 3)
                .putShort((short) signature.length)
                .put(signature)
                .array();
        return builder.addExtension(
                        new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"), false, new DEROctetString(promises))
                .build(signer)
                .getEncoded();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sign(KeyPair key, byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(content);
        return signature.sign();
    }

    private static byte[] id(KeyPair key) throws GeneralSecurityException {
        return sha256(key.getPublic().getEncoded());
    }

    private static byte[] sha256(byte[] content) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(content);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
