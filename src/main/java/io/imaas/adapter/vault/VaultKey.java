package io.imaas.adapter.vault;

import io.imaas.adapter.web.Answers;
import io.imaas.adapter.web.BoundedHttp;
import io.imaas.adapter.web.LoginApi;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.identity.SigningKey;
import io.imaas.port.OwnKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/**
 * A key that Vault keeps and signs with, named as {@code cosign} names it: {@code hashivault://NAME}. The version that was the
 * newest when it was first asked for signs as long as this process lives, so that what it signs fits the key that it told.
 */
public final class VaultKey implements OwnKey {
    public static final String SCHEME = "hashivault://";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final List<String> KINDS = List.of("ecdsa-p256", "ed25519", "rsa-2048", "rsa-3072", "rsa-4096");
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

    private static final String SSH_ED25519 = "ssh-ed25519";

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final long LONGEST = 1 << 20;

    private final String name;
    private final String where;
    private final String fix;
    private final Answers answers;
    private final TransitApi api;
    private final AtomicReference<Version> newest = new AtomicReference<>();

    private record Version(int number, SigningKey key) {}

    /**
     * @param reference {@link #SCHEME} and the key's name
     * @param environment {@code VAULT_ADDR}, {@code VAULT_TOKEN} (or the file {@code .vault-token} of {@code HOME}), and as wanted
     *     {@code VAULT_NAMESPACE} and {@code TRANSIT_SECRET_ENGINE_PATH}: as Vault's own command line and {@code cosign} read them
     * @throws FailureException INPUT when something of it is missing or wrong
     */
    public VaultKey(String reference, Map<String, String> environment) {
        this.name = reference.substring(SCHEME.length());
        if (!NAME.matcher(name).matches()) {
            throw FailureException.input(
                    "'" + reference + "' is not the name of a key in Vault",
                    "--key ($IMAAS_KEY)",
                    "write " + SCHEME + "NAME");
        }
        HttpUrl base = base(environment);
        this.where = base.host() + base.encodedPath() + "keys/" + name;
        String engine = base.encodedPath().substring("/v1/".length());
        String make = "vault write -f " + engine + "keys/" + name + " type=ecdsa-p256";
        this.fix = make;
        this.answers = new Answers(
                "Vault",
                Map.of(
                        403,
                                "give $VAULT_TOKEN a token that may read " + engine + "keys/" + name + " and update "
                                        + engine + "sign/" + name + "/sha2-256",
                        404, make,
                        0, "vault read " + engine + "keys/" + name));
        Secret token = token(environment);
        String namespace = environment.getOrDefault("VAULT_NAMESPACE", "");
        OkHttpClient client = BoundedHttp.client(DEADLINE, LONGEST)
                .newBuilder()
                .addInterceptor(chain -> {
                    Request.Builder request = chain.request().newBuilder().header("X-Vault-Token", token.reveal());
                    if (!namespace.isEmpty()) {
                        request.header("X-Vault-Namespace", namespace);
                    }
                    return chain.proceed(request.build());
                })
                .build();
        this.api = new Retrofit.Builder()
                .client(client)
                .baseUrl(base)
                .addConverterFactory(JacksonConverterFactory.create(LoginApi.JSON))
                .build()
                .create(TransitApi.class);
    }

    /** Without TLS the token would be readable on its way. */
    private static HttpUrl base(Map<String, String> environment) {
        HttpUrl address = HttpUrl.parse(environment.getOrDefault("VAULT_ADDR", ""));
        if (address == null || !(address.isHttps() || LOOPBACK.contains(address.host()))) {
            throw FailureException.input(
                    "the address of Vault is " + (address == null ? "missing" : "not https"),
                    "$VAULT_ADDR",
                    "export VAULT_ADDR=https://vault.example.org:8200");
        }
        return address.newBuilder()
                .addPathSegment("v1")
                .addPathSegments(environment.getOrDefault("TRANSIT_SECRET_ENGINE_PATH", "transit"))
                .addPathSegment("")
                .build();
    }

    private static Secret token(Map<String, String> environment) {
        String given = environment.getOrDefault("VAULT_TOKEN", "");
        try {
            return new Secret(
                    given.isEmpty()
                            ? Files.readString(Path.of(environment.getOrDefault("HOME", ""), ".vault-token"))
                                    .strip()
                            : given);
        } catch (IOException none) {
            throw FailureException.input("there is no token for Vault", "$VAULT_TOKEN", "vault login");
        }
    }

    @Override
    public SigningKey publicKey() {
        return version().key();
    }

    @Override
    public boolean exists() {
        version();
        return true;
    }

    @Override
    public byte[] sign(byte[] content) {
        Version by = version();
        String signed = answers.send(api.sign(
                        name,
                        Map.of(
                                "input", Base64.getEncoder().encodeToString(content),
                                "key_version", by.number(),
                                // Of RSA alone; Vault's own choice would be PSS.
                                "signature_algorithm", "pkcs1v15")))
                .data()
                .signature();
        byte[] signature = signature(signed, "vault:v" + by.number() + ":");
        if (!by.key().signed(content, signature)) {
            throw unusable("its signature does not fit the public key that it gave");
        }
        return signature;
    }

    private byte[] signature(String signed, String before) {
        try {
            return signed.startsWith(before)
                    ? Base64.getDecoder().decode(signed.substring(before.length()))
                    : new byte[0];
        } catch (IllegalArgumentException noBase64) {
            return new byte[0];
        }
    }

    private Version version() {
        return newest.updateAndGet(known -> known == null ? asked() : known);
    }

    private Version asked() {
        TransitApi.Key key = answers.send(api.key(name)).data();
        if (key == null || key.keys() == null || !KINDS.contains(key.type())) {
            throw unusable("a key of the type " + (key == null ? "" : key.type()) + " makes no signatures that count");
        }
        String text = key.keys().get(String.valueOf(key.latest())) instanceof Map<?, ?> version
                ? String.valueOf(version.get("public_key"))
                : "";
        return new Version(
                key.latest(),
                new SigningKey("orchestrator", key.type().equals("ed25519") ? ed25519(text) : oneLine(text)));
    }

    /** Vault writes the 32 bytes alone, and {@code ssh-keygen} two fields with their lengths. */
    private String ed25519(String base64) {
        try {
            byte[] raw = Base64.getDecoder().decode(base64);
            byte[] kind = SSH_ED25519.getBytes(StandardCharsets.US_ASCII);
            byte[] fields = ByteBuffer.allocate(2 * Integer.BYTES + kind.length + raw.length)
                    .putInt(kind.length)
                    .put(kind)
                    .putInt(raw.length)
                    .put(raw)
                    .array();
            return SSH_ED25519 + " " + Base64.getEncoder().encodeToString(fields);
        } catch (IllegalArgumentException noBase64) {
            throw unusable("its public key can't be read");
        }
    }

    /** As {@code platform.yaml} lists it. */
    private static String oneLine(String pem) {
        return pem.strip().replaceAll("\\s*\n", " ");
    }

    private FailureException unusable(String why) {
        return FailureException.input("Vault's key can't be used: " + why, where, fix);
    }
}
