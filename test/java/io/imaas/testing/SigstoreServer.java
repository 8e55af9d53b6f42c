package io.imaas.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.testing.TestSigstore.Signing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.operator.OperatorCreationException;

/** Fulcio and Rekor over HTTP, for one who signs: as their OpenAPI descriptions have it. */
public final class SigstoreServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HOST = "127.0.0.1";

    private final TestSigstore sigstore = new TestSigstore(HOST);
    private final Signing signing;
    private final HttpServer server;
    private final List<String> asked = new ArrayList<>();
    private int refusal;

    /** @param signing whom tokens name, by what they are certified, and when it is logged */
    public SigstoreServer(Signing signing) throws IOException {
        this.signing = signing;
        server = Loopback.http();
        server.createContext("/", this::answer);
        server.start();
    }

    /** A token for a subject; nobody looks at its signature here. */
    public static String token(String subject) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(("{\"sub\":\"" + subject + "\"}").getBytes(StandardCharsets.UTF_8)) + ".c2ln";
    }

    public String trustedRoot() {
        String here = "http://" + HOST + ":" + server.getAddress().getPort();
        return sigstore.trustedRoot()
                .replace("https://fulcio.example.org", here)
                .replace("https://" + HOST, here);
    }

    /** From now on everything is answered with this status. */
    public void refuse(int status) {
        refusal = status;
    }

    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        byte[] body;
        try {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            body = refusal != 0
                    ? "{\"code\":3,\"message\":\"There was an error processing the identity token\"}"
                            .getBytes(StandardCharsets.UTF_8)
                    : JSON.writeValueAsBytes(path.equals("/api/v2/signingCert") ? certified(request) : logged(request));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
        exchange.sendResponseHeaders(refusal != 0 ? refusal : 201, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Map<String, Object> certified(JsonNode request)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        String pem = request.at("/publicKeyRequest/publicKey/content").asText();
        PublicKey key = KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(
                        Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-\n]+-----", ""))));
        String token = request.at("/credentials/oidcIdentityToken").asText();
        String subject = JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]))
                .path("sub")
                .asText();
        Signature proof = Signature.getInstance("SHA256withECDSA");
        proof.initVerify(key);
        proof.update(subject.getBytes(StandardCharsets.UTF_8));
        if (!proof.verify(Base64.getDecoder()
                .decode(request.at("/publicKeyRequest/proofOfPossession").asText()))) {
            throw new GeneralSecurityException("no proof that the key is at hand");
        }
        String certificate = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {10}).encodeToString(sigstore.certificate(signing, key))
                + "\n-----END CERTIFICATE-----\n";
        return Map.of(
                "signedCertificateEmbeddedSct",
                Map.of("chain", Map.of("certificates", List.of(certificate, certificate))));
    }

    private Map<String, Object> logged(JsonNode request) throws IOException, GeneralSecurityException {
        JsonNode proposed = request.at("/spec/proposedContent");
        JsonNode envelope = JSON.readTree(proposed.path("envelope").asText());
        String pem = new String(
                Base64.getDecoder().decode(proposed.at("/verifiers/0").asText()), StandardCharsets.US_ASCII);
        JsonNode entry = JSON.valueToTree(sigstore.entry(
                signing,
                Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-\n]+-----", "")),
                Base64.getDecoder().decode(envelope.path("payload").asText()),
                Base64.getDecoder().decode(envelope.at("/signatures/0/sig").asText())));
        return Map.of(
                "24296fb24b8ad77a" + "0".repeat(48),
                Map.of(
                        "body",
                        entry.path("canonicalizedBody").asText(),
                        "integratedTime",
                        entry.path("integratedTime").asLong(),
                        "logID",
                        hex(entry.at("/logId/keyId")),
                        "logIndex",
                        entry.path("logIndex").asLong(),
                        "verification",
                        Map.of(
                                "signedEntryTimestamp",
                                entry.at("/inclusionPromise/signedEntryTimestamp")
                                        .asText(),
                                "inclusionProof",
                                Map.of(
                                        "logIndex",
                                        0,
                                        "treeSize",
                                        1,
                                        "hashes",
                                        List.of(),
                                        "rootHash",
                                        hex(entry.at("/inclusionProof/rootHash")),
                                        "checkpoint",
                                        entry.at("/inclusionProof/checkpoint/envelope")
                                                .asText()))));
    }

    private static String hex(JsonNode base64) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(base64.asText()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
