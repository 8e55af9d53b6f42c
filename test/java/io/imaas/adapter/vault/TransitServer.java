package io.imaas.adapter.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.testing.Loopback;
import io.imaas.testing.RsaKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers as the transit engine of Vault 1.21 was seen to, with keys of its own. */
final class TransitServer implements AutoCloseable {
    static final String TOKEN = "hvs.right";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final List<KeyPair> versions = new ArrayList<>();
    private final String kind;

    /** What is answered instead of a signature; null: one that is right. */
    String instead;

    int status = 200;

    TransitServer(String kind) throws IOException, GeneralSecurityException {
        this.kind = kind;
        rotate();
        server = Loopback.http();
        server.createContext("/v1/team/transit/", exchange -> {
            try {
                answer(exchange);
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        });
        server.start();
    }

    void rotate() throws GeneralSecurityException {
        if (kind.equals("rsa-2048")) {
            versions.add(versions.isEmpty() ? RsaKeys.ONE : RsaKeys.OTHER);
            return;
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.equals("ed25519") ? "Ed25519" : "EC");
        if (!kind.equals("ed25519")) {
            generator.initialize(256);
        }
        versions.add(generator.generateKeyPair());
    }

    Map<String, String> environment() {
        return Map.of(
                "VAULT_ADDR",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "VAULT_TOKEN",
                TOKEN,
                "TRANSIT_SECRET_ENGINE_PATH",
                "team/transit");
    }

    private void answer(HttpExchange exchange) throws IOException, GeneralSecurityException {
        String path = exchange.getRequestURI().getPath();
        if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
            send(exchange, 403, Map.of("errors", List.of("permission denied")));
        } else if (status != 200) {
            send(exchange, status, Map.of("errors", List.of("Vault is sealed")));
        } else if (path.endsWith("/keys/imaas")) {
            Map<String, Object> keys = new LinkedHashMap<>();
            for (int i = 0; i < versions.size(); i++) {
                keys.put(
                        String.valueOf(i + 1),
                        kind.startsWith("aes")
                                ? 1_790_000_000
                                : Map.of("public_key", text(versions.get(i).getPublic())));
            }
            send(exchange, 200, data(Map.of("type", kind, "latest_version", versions.size(), "keys", keys)));
        } else if (path.endsWith("/sign/imaas/sha2-256")) {
            JsonNode asked = json.readTree(exchange.getRequestBody());
            int version = asked.path("key_version").asInt(versions.size());
            byte[] input = Base64.getDecoder().decode(asked.path("input").asText());
            String signed = "vault:v" + version + ":" + Base64.getEncoder().encodeToString(sign(version, input));
            send(exchange, 200, data(Map.of("key_version", version, "signature", instead == null ? signed : instead)));
        } else {
            send(exchange, 404, Map.of("errors", List.of()));
        }
    }

    private byte[] sign(int version, byte[] input) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (kind) {
                    case "ed25519" -> "Ed25519";
                    case "rsa-2048" -> "SHA256withRSA";
                    default -> "SHA256withECDSA";
                });
        signature.initSign(versions.get(version - 1).getPrivate());
        signature.update(input);
        return signature.sign();
    }

    private String text(PublicKey key) {
        byte[] der = key.getEncoded();
        return kind.equals("ed25519")
                ? Base64.getEncoder().encodeToString(Arrays.copyOfRange(der, der.length - 32, der.length))
                : "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n";
    }

    private static Map<String, Object> data(Map<String, Object> data) {
        return Map.of("request_id", "0c5a", "renewable", false, "data", data, "mount_type", "transit");
    }

    private void send(HttpExchange exchange, int code, Object body) throws IOException {
        byte[] bytes = json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
