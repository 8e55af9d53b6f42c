package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.web.BoundedHttp;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Envelope;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Signs an image with a key that lives for one signature: Fulcio certifies it for whoever a token of the CI names, and Rekor
 * logs the signature. Both are asked over their REST interfaces ({@code /api/v2/signingCert}, {@code /api/v1/log/entries}); where
 * they are stands in the platform's {@code trusted_root.json}. Whether what came out holds is for Sigstore's own library to say.
 */
final class KeylessSigner {
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final ObjectMapper JSON = BoundedJson.mapper();
    private static final long LONGEST = 1 << 20;

    private final OkHttpClient client = BoundedHttp.client(Duration.ofSeconds(30), LONGEST);

    /**
     * @param token of OpenID Connect
     * @return a bundle as {@code cosign sign} writes it
     */
    String bundle(ImageRef image, Secret token, String trustedRoot) {
        try {
            JsonNode root = JSON.readTree(trustedRoot);
            KeyPair key = key();
            byte[] certificate = certificate(address(root, "certificateAuthorities", "uri"), key, token);
            String payload = statement(image);
            byte[] signature = sign(key, Envelope.signedBytes(Envelope.IN_TOTO, payload));
            ObjectNode envelope = JSON.createObjectNode()
                    .put("payload", base64(payload.getBytes(StandardCharsets.UTF_8)))
                    .put("payloadType", Envelope.IN_TOTO);
            envelope.putArray("signatures").addObject().put("sig", base64(signature));
            JsonNode entry = entry(address(root, "tlogs", "baseUrl"), envelope, certificate);
            ObjectNode bundle = JSON.createObjectNode().put("mediaType", BUNDLE);
            ObjectNode material = bundle.putObject("verificationMaterial");
            material.putObject("certificate").put("rawBytes", base64(certificate));
            material.putArray("tlogEntries").add(entry);
            bundle.set("dsseEnvelope", envelope);
            return bundle.toString();
        } catch (IOException e) {
            throw FailureException.external(
                    "the image could not be signed without a key: " + e.getMessage(),
                    image.toString(),
                    "try again; look at Fulcio and Rekor of trusted_root.json",
                    e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw FailureException.input(
                    "the image could not be signed without a key: " + e.getMessage(),
                    image.toString(),
                    "check the token of the CI, and trusted_root.json of the platform repository");
        }
    }

    private static String statement(ImageRef image) {
        ObjectNode statement = JSON.createObjectNode().put("_type", "https://in-toto.io/Statement/v1");
        statement
                .putArray("subject")
                .addObject()
                .put("name", image.repository().toString())
                .putObject("digest")
                .put("sha256", image.digest().hex());
        statement.put("predicateType", ImageSignature.TYPE).putObject("predicate");
        return statement.toString();
    }

    private byte[] certificate(URI fulcio, KeyPair key, Secret token) throws IOException, GeneralSecurityException {
        ObjectNode request = JSON.createObjectNode();
        request.putObject("credentials").put("oidcIdentityToken", token.reveal());
        ObjectNode wanted = request.putObject("publicKeyRequest");
        wanted.putObject("publicKey")
                .put("algorithm", "ECDSA")
                .put("content", pem("PUBLIC KEY", key.getPublic().getEncoded()));
        wanted.put("proofOfPossession", base64(sign(key, subject(token).getBytes(StandardCharsets.UTF_8))));
        JsonNode answer = post(fulcio.resolve("/api/v2/signingCert"), request);
        String leaf = answer.path("signedCertificateEmbeddedSct")
                .path("chain")
                .path("certificates")
                .path(0)
                .asText();
        return Base64.getMimeDecoder().decode(leaf.replaceAll("-----[^-\n]+-----", ""));
    }

    /** Whom the token names: what Fulcio wants signed as a proof that the key is at hand. */
    private static String subject(Secret token) throws IOException {
        String[] parts = token.reveal().split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("the token is not a JSON Web Token");
        }
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        return claims.path("email").asText(claims.path("sub").asText());
    }

    private JsonNode entry(URI rekor, ObjectNode envelope, byte[] certificate) throws IOException {
        ObjectNode request = JSON.createObjectNode().put("apiVersion", "0.0.1").put("kind", "dsse");
        ObjectNode proposed = request.putObject("spec").putObject("proposedContent");
        proposed.put("envelope", envelope.toString());
        proposed.putArray("verifiers")
                .add(base64(pem("CERTIFICATE", certificate).getBytes(StandardCharsets.US_ASCII)));
        // The one entry stands under its own name.
        for (JsonNode logged : post(rekor.resolve("/api/v1/log/entries"), request)) {
            return entry(logged);
        }
        throw new IOException("the log answered without an entry");
    }

    /** What Rekor's REST interface writes in hexadecimal digits, a bundle has in Base64, and its numbers as texts. */
    private static ObjectNode entry(JsonNode logged) {
        JsonNode proof = logged.path("verification").path("inclusionProof");
        ObjectNode entry =
                JSON.createObjectNode().put("logIndex", logged.path("logIndex").asText());
        entry.putObject("logId").put("keyId", fromHex(logged.path("logID")));
        entry.putObject("kindVersion").put("kind", "dsse").put("version", "0.0.1");
        entry.put("integratedTime", logged.path("integratedTime").asText());
        entry.putObject("inclusionPromise")
                .put(
                        "signedEntryTimestamp",
                        logged.path("verification").path("signedEntryTimestamp").asText());
        ObjectNode inclusion = entry.putObject("inclusionProof")
                .put("logIndex", proof.path("logIndex").asText())
                .put("rootHash", fromHex(proof.path("rootHash")))
                .put("treeSize", proof.path("treeSize").asText());
        var hashes = inclusion.putArray("hashes");
        proof.path("hashes").forEach(hash -> hashes.add(fromHex(hash)));
        inclusion
                .putObject("checkpoint")
                .put("envelope", proof.path("checkpoint").asText());
        return entry.put("canonicalizedBody", logged.path("body").asText());
    }

    private JsonNode post(URI address, JsonNode body) throws IOException {
        Request request = new Request.Builder()
                .url(address.toString())
                .header("Accept", "application/json")
                .post(RequestBody.create(body.toString(), MediaType.get("application/json")))
                .build();
        try (Response response = client.newCall(request).execute()) {
            String text = response.body().string();
            if (response.code() >= 500 || response.code() == 429) {
                throw new IOException(address.getHost() + " answered " + response.code());
            }
            if (!response.isSuccessful()) {
                String why = JSON.readTree(text).path("message").asText();
                throw new IllegalArgumentException(address.getHost() + " answered " + response.code()
                        + (why.isEmpty() ? "" : ": " + (why.length() > 300 ? why.substring(0, 300) : why)));
            }
            return JSON.readTree(text);
        }
    }

    /** Of several the first one whose time is not over: those of old signatures stay in the file. */
    private static URI address(JsonNode root, String list, String name) {
        for (JsonNode one : root.path(list)) {
            if (!validity(one).has("end")) {
                URI address = URI.create(one.path(name).asText());
                if (address.getHost() != null && RegistryAddress.isConfidential(address)) {
                    return address;
                }
            }
        }
        throw new IllegalArgumentException("trusted_root.json names no https address in " + list + "[]." + name);
    }

    /** An authority has its own, a log that of its key. */
    private static JsonNode validity(JsonNode one) {
        return one.has("validFor")
                ? one.path("validFor")
                : one.path("publicKey").path("validFor");
    }

    private static KeyPair key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] sign(KeyPair key, byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(content);
        return signature.sign();
    }

    private static String pem(String what, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {10}).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private static String fromHex(JsonNode hex) {
        return base64(HexFormat.of().parseHex(hex.asText()));
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(content);
    }
}
