package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sigstore.AlgorithmRegistry.HashAlgorithm;
import dev.sigstore.KeylessVerificationException;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.VerificationOptions;
import dev.sigstore.VerificationOptions.CertificateMatcher;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.bundle.Bundle.DsseEnvelope;
import dev.sigstore.bundle.BundleParseException;
import dev.sigstore.bundle.ImmutableBundle;
import dev.sigstore.encryption.certificates.Certificates;
import dev.sigstore.json.JsonParseException;
import dev.sigstore.rekor.client.RekorEntry;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Envelope;
import io.imaas.port.KeylessSignatures;
import io.imaas.port.RegistryLogins;
import io.imaas.port.Remembered;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Verifies the bundles that {@code cosign sign} writes without a key. All that is hard to get right is Sigstore's own
 * library: the certificate's chain and its entry in a log of certificates, the entry in the log of signatures and its proof
 * of inclusion, and that the certificate was valid at the time that the log tells. Nothing asks the Internet to verify.
 */
public final class KeylessBundles implements KeylessSignatures {
    /** Certificates and messages may hold what a stranger wrote. */
    private static final int LONGEST = 300;

    private static final ObjectMapper JSON = BoundedJson.strict();

    /** The platform has one trusted root, and another one from the day on which it is renewed. */
    private static final int ROOTS = 4;

    private final KeylessSigner signer = new KeylessSigner();
    private final Attestations attestations;
    private final Remembered<String, Root> roots = new Remembered<>(ROOTS);

    /**
     * A trusted root that was read.
     *
     * @param verifier null where it can't be read
     * @param problem why it can't be; otherwise empty
     */
    private record Root(KeylessVerifier verifier, String problem) {}

    public KeylessBundles(RegistryLogins logins) {
        RegistryHttp http = new RegistryHttp(logins);
        this.attestations = new Attestations(http, new RemoteManifests(http));
    }

    @Override
    public List<CertifiedSigner> of(ImageRef image, String trustedRoot) {
        return attestations.bundles(image, ImageSignature.TYPE).stream()
                .filter(bundle -> !bundle.path("verificationMaterial").has("publicKey"))
                .map(bundle -> signer(
                        image, bundle.toString(), roots.answer(trustedRoot, () -> KeylessBundles.root(trustedRoot))))
                .toList();
    }

    @Override
    public CertifiedSigner sign(ImageRef image, Secret token, String trustedRoot) {
        String bundle = signer.bundle(image, token, trustedRoot);
        CertifiedSigner made = signer(image, bundle, KeylessBundles.root(trustedRoot));
        if (!made.isProven()) {
            throw FailureException.failed(
                    "the signature that was made does not hold: " + made.doubt(),
                    image.toString(),
                    "check that trusted_root.json is that of the Sigstore that it names");
        }
        attestations.attachBundle(image, ImageSignature.TYPE, bundle.getBytes(StandardCharsets.UTF_8));
        return made;
    }

    private static CertifiedSigner signer(ImageRef image, String text, Root root) {
        if (root.verifier() == null) {
            return signer(List.of(), root.problem());
        }
        // The certificate's identity and then its issuer, as soon as the chain is proven; the gate compares them.
        List<String> told = new ArrayList<>();
        VerificationOptions options = VerificationOptions.builder()
                .addCertificateMatchers(CertificateMatcher.fulcio()
                        .subjectAlternativeName(told::add)
                        .issuer(told::add)
                        .build())
                .build();
        try {
            Bundle bundle = Bundle.from(new StringReader(text));
            if (isHashed(bundle)) {
                byte[] hash = hash(bundle.getDsseEnvelope().orElseThrow());
                root.verifier().verify(hash, asSignedText(bundle, hash), options);
            } else {
                root.verifier().verify(HexFormat.of().parseHex(image.digest().hex()), named(bundle), options);
            }
            requireTime(bundle);
            return signer(told, isSignature(bundle, image) ? "" : "its statement is not a signature of this one image");
        } catch (KeylessVerificationException
                | BundleParseException
                | JsonParseException
                | GeneralSecurityException
                | IOException e) {
            return signer(told, sentence(e));
        } catch (RuntimeException e) {
            // The library throws what it likes on what is not a bundle.
            return signer(told, "the bundle can't be read: " + sentence(e));
        }
    }

    private static CertifiedSigner signer(List<String> told, String doubt) {
        return new CertifiedSigner(
                told.size() > 1 ? shortened(told.get(1)) : "", told.isEmpty() ? "" : shortened(told.get(0)), doubt);
    }

    private static Root root(String text) {
        try {
            SigstoreTrustedRoot read =
                    SigstoreTrustedRoot.from(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            return new Root(
                    KeylessVerifier.builder().trustedRootProvider(() -> read).build(), "");
        } catch (SigstoreConfigurationException | GeneralSecurityException | RuntimeException e) {
            // As with bundles.
            return new Root(null, "trusted_root.json of the platform repository can't be read: " + sentence(e));
        }
    }

    /** Whether it is a statement of which Rekor 2 knows the hash alone (Rekor v2 specification, 6.1.4). */
    private static boolean isHashed(Bundle bundle) throws JsonParseException {
        return bundle.getDsseEnvelope().isPresent()
                && bundle.getEntries().get(0).getBodyDecoded().getKind().equals("hashedrekord");
    }

    /** Of what is signed: type and statement. */
    private static byte[] hash(DsseEnvelope envelope) throws GeneralSecurityException {
        String payload = new String(envelope.getPayload(), StandardCharsets.UTF_8);
        return MessageDigest.getInstance("SHA-256").digest(Envelope.signedBytes(envelope.getPayloadType(), payload));
    }

    /** The same for the library, which reads such entries of texts and not of statements. */
    private static Bundle asSignedText(Bundle bundle, byte[] hash) throws GeneralSecurityException {
        DsseEnvelope envelope = bundle.getDsseEnvelope().orElseThrow();
        if (envelope.getSignatures().size() != 1) {
            throw new GeneralSecurityException("its statement must have exactly one signature");
        }
        return ImmutableBundle.builder()
                .from(bundle)
                .dsseEnvelope(Optional.empty())
                .messageSignature(Bundle.MessageSignature.of(HashAlgorithm.SHA2_256, hash, envelope.getSignature()))
                .build();
    }

    private static Bundle named(Bundle bundle) {
        return bundle.getDsseEnvelope()
                .<Bundle>map(envelope -> ImmutableBundle.copyOf(bundle).withDsseEnvelope(new Named(envelope)))
                .orElse(bundle);
    }

    /**
     * cosign gives its subjects no name, and the library reads none without one. Only the text that subjects are read from gets
     * one: what is signed and hashed stays as it is.
     */
    private record Named(DsseEnvelope envelope) implements DsseEnvelope {
        @Override
        public byte[] getPayload() {
            return envelope.getPayload();
        }

        @Override
        public String getPayloadType() {
            return envelope.getPayloadType();
        }

        @Override
        public List<Signature> getSignatures() {
            return envelope.getSignatures();
        }

        @Override
        public byte[] getPAE() {
            return envelope.getPAE();
        }

        @Override
        public String getPayloadAsString() {
            try {
                JsonNode statement = JSON.readTree(getPayload());
                for (JsonNode subject : statement.path("subject")) {
                    if (subject instanceof ObjectNode one && !one.has("name")) {
                        one.put("name", "");
                    }
                }
                return statement.toString();
            } catch (IOException e) {
                return envelope.getPayloadAsString();
            }
        }
    }

    /**
     * A certificate counts for minutes: a log or a time stamp must tell that the signature was made then. The library verifies
     * both, and compares the certificate with time stamps alone.
     */
    private static void requireTime(Bundle bundle) throws GeneralSecurityException {
        RekorEntry entry = bundle.getEntries().get(0);
        if (entry.getVerification().getSignedEntryTimestamp() != null) {
            Certificates.getLeaf(bundle.getCertPath()).checkValidity(Date.from(entry.getIntegratedTimeInstant()));
        } else if (bundle.getTimestamps().isEmpty()) {
            throw new GeneralSecurityException("nothing proves when it was signed: neither a log nor a time stamp");
        }
    }

    /** Whether it says "I sign this image", and does not only tell something about it. */
    private static boolean isSignature(Bundle bundle, ImageRef image) throws IOException {
        Optional<DsseEnvelope> envelope =
                bundle.getDsseEnvelope().filter(one -> one.getPayloadType().equals(Envelope.IN_TOTO));
        if (envelope.isEmpty()) {
            return false;
        }
        JsonNode statement = JSON.readTree(envelope.get().getPayload());
        return statement.path("predicateType").asText().equals(ImageSignature.TYPE)
                && statement.path("subject").size() == 1
                && statement
                        .at("/subject/0/digest/sha256")
                        .asText()
                        .equals(image.digest().hex());
    }

    /** The library's own words, with those of the reason behind them. */
    private static String sentence(Exception e) {
        String all = e.getMessage()
                + (e.getCause() == null ? "" : ": " + e.getCause().getMessage());
        return shortened(all.replaceAll("\\s+", " "));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
