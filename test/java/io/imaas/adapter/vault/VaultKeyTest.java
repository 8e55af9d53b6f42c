package io.imaas.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.app.assembly.OwnKeys;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Statement.SignedStatement;
import io.imaas.port.OwnKey;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultKeyTest {
    private static final Statement STATEMENT = new Statement(
            "urn:imaas:record:health:v1",
            "orders/order-api/prod",
            "a".repeat(64),
            Map.of("at", "2026-11-20T10:00:00Z"));
    private static final byte[] COMMIT = "tree 1\n\nmessage\n".getBytes(StandardCharsets.US_ASCII);

    private static OwnKey key(TransitServer server) {
        return OwnKeys.at("hashivault://imaas", server.environment());
    }

    private static void signsRecordsAndCommits(OwnKey key) {
        DsseStatements statements = new DsseStatements(key);
        SignedStatement read = statements.read(statements.sign(STATEMENT));

        assertThat(read.envelope().signedBy(key.publicKey())).isTrue();
        assertThat(SigningKey.ofCommit(COMMIT, statements.signCommit(COMMIT)))
                .hasValueSatisfying(
                        signer -> assertThat(signer.same(key.publicKey())).isTrue());
        assertThat(new SigningKey("listed", key.publicKey().text()).same(key.publicKey()))
                .isTrue();
        assertThat(key.publicKey().listed()).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecdsa-p256", "ed25519", "rsa-2048"})
    void aKeyInVaultSignsRecordsAndCommitsAsOneInAFileDoes(String kind) throws Exception {
        try (TransitServer server = new TransitServer(kind)) {
            signsRecordsAndCommits(key(server));
        }
    }

    /** {@code IMAAS_VAULT} is the address of a server whose transit engine has a key {@code imaas-} for each kind. */
    @Tag("real")
    @ParameterizedTest
    @ValueSource(strings = {"ecdsa-p256", "ed25519", "rsa-2048", "rsa-4096"})
    void theRealEngineDoesTheSame(String kind) {
        Map<String, String> environment = Map.of(
                "VAULT_ADDR", RealServer.variable("IMAAS_VAULT"),
                "VAULT_TOKEN", RealServer.variable("IMAAS_VAULT_TOKEN"));

        signsRecordsAndCommits(OwnKeys.at("hashivault://imaas-" + kind, environment));
        assertThatThrownBy(() -> OwnKeys.at("hashivault://nobody", environment).publicKey())
                .hasMessageContaining("Vault has no such thing");
    }

    @Test
    void aRotatedKeySignsOnlyOnceItsNewHalfIsTold() throws Exception {
        try (TransitServer server = new TransitServer("ecdsa-p256")) {
            OwnKey before = key(server);
            SigningKey told = before.publicKey();
            server.rotate();

            assertThat(told.signed(COMMIT, before.sign(COMMIT))).isTrue();
            assertThat(key(server).publicKey().same(told)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault:v1:AAAA", "vault:v2:MEUCIQ==", "", "<html>", "vault:v1:no base64"})
    void whatIsNoSignatureOfTheKeyIsNeverWritten(String instead) throws Exception {
        try (TransitServer server = new TransitServer("ecdsa-p256")) {
            server.instead = instead;

            assertThatThrownBy(() -> key(server).sign(COMMIT))
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("its signature does not fit the public key that it gave");
        }
    }

    @Test
    void whatCannotBeAskedIsToldWithTheCommandThatFixesIt() throws IOException, GeneralSecurityException {
        try (TransitServer server = new TransitServer("aes256-gcm96")) {
            refused(key(server), FailureKind.INPUT, "aes256-gcm96", "vault write -f team/transit/keys/imaas");
            Map<String, String> wrong = new HashMap<>(server.environment());
            refused(OwnKeys.at("hashivault://other", wrong), FailureKind.INPUT, "no such thing", "vault write -f");
            wrong.put("VAULT_TOKEN", "hvs.wrong");
            refused(OwnKeys.at("hashivault://imaas", wrong), FailureKind.POLICY, "permission denied", "$VAULT_TOKEN");
            server.status = 503;
            refused(key(server), FailureKind.EXTERNAL, "Vault is sealed", "try again");
            wrong.put("VAULT_ADDR", "http://127.0.0.1:1");
            refused(OwnKeys.at("hashivault://imaas", wrong), FailureKind.EXTERNAL, "can't be reached", "");
        }
    }

    private static void refused(OwnKey key, FailureKind kind, String what, String fix) {
        assertThatThrownBy(key::publicKey).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().kind()).isEqualTo(kind);
            assertThat(e.failure().what()).contains(what).doesNotContain(TransitServer.TOKEN);
            assertThat(e.failure().suggestion()).contains(fix);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "hashivault://imaas, http://vault.example.org, not https",
        "hashivault://imaas, '', missing",
        "hashivault://a/b, https://vault.example.org, not the name of a key",
        "hashivault://, https://vault.example.org, not the name of a key",
        "awskms:///alias/imaas, https://vault.example.org, no key management service",
    })
    void aReferenceThatNamesNothingIsRefusedBeforeAnythingIsSent(String reference, String address, String why) {
        assertThatThrownBy(() -> OwnKeys.at(reference, Map.of("VAULT_ADDR", address, "VAULT_TOKEN", "x")))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining(why);
    }
}
