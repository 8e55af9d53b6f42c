package io.imaas.adapter.dsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.Envelope;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Statement.SignedStatement;
import io.imaas.testing.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DsseStatementsTest {
    private static final Statement STATEMENT = new Statement(
            "urn:imaas:record:health:v1",
            "orders/order-api/prod",
            "a".repeat(64),
            Map.of("at", "2026-11-20T10:00:00Z", "more", List.of("ä", 1, true, Map.of("x", "y"))));

    @TempDir
    Path folder;

    private DsseStatements statements(String file) {
        return new DsseStatements(new KeyFile(folder.resolve(file)));
    }

    @Test
    void aStatementComesBackAsItWasSigned() {
        DsseStatements statements = statements("keys/orchestrator.key");
        SignedStatement read = statements.read(statements.sign(STATEMENT));

        assertThat(read.statement()).isEqualTo(STATEMENT);
        assertThat(read.envelope().signedBy(statements.key().orElseThrow())).isTrue();
        statements("other.key").sign(STATEMENT);
        assertThat(read.envelope().signedBy(statements("other.key").key().orElseThrow()))
                .isFalse();
    }

    @Test
    void aKeyIsMadeWhenItIsNeededAndForItsOwnerAlone() throws IOException {
        DsseStatements statements = statements("new/orchestrator.key");
        assertThat(statements.key()).isEmpty();
        assertThat(folder.resolve("new")).doesNotExist();

        statements.sign(STATEMENT);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new/orchestrator.key"))))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("new")).isDirectoryContaining("glob:**orchestrator.key.pub");
        assertThat(folder.resolve("new").toFile().list()).hasSize(2);
        assertThat(statements("new/orchestrator.key").key()).isEqualTo(statements.key());
    }

    @Test
    void manyWhoBeginAtTheSameMomentHaveOneKey() throws InterruptedException {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        List<Thread> threads = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> ids.add(
                        new KeyFile(folder.resolve("one.key")).publicKey().id())))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ids).hasSize(1);
    }

    /** Whoever has no orchestrator can verify a record with two programs. */
    @Test
    void opensslVerifiesARecord() throws Exception {
        assumeThat(Path.of("/usr/bin/openssl")).as("needs openssl").exists();
        DsseStatements statements = statements("orchestrator.key");
        Envelope envelope = statements.read(statements.sign(STATEMENT)).envelope();
        Files.write(folder.resolve("signed"), Envelope.signedBytes(envelope.payloadType(), envelope.payload()));
        Files.write(
                folder.resolve("sig"),
                Base64.getDecoder().decode(envelope.signatures().get(0).signature()));
        Files.writeString(folder.resolve("key.pem"), Pem.of(statements.key().orElseThrow()));

        assertThat(openssl("dgst", "-sha256", "-verify", "key.pem", "-signature", "sig", "signed"))
                .isEqualTo("Verified OK");
    }

    private String openssl(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC -groupname secp256r1", "RSA -keysize 2048", "Ed25519"})
    void aKeyInAPkcs12StoreSigns(String kind) throws Exception {
        Path store = folder.resolve("key.p12");
        assertThatThrownBy(() -> statements("key.p12").sign(STATEMENT))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("there is no " + store)
                .hasMessageContaining("its password into " + store + ".password");
        keytool(store, "-genkeypair -alias one -dname CN=imaas -keyalg " + kind);
        assertThatThrownBy(() -> statements("key.p12").sign(STATEMENT)).hasMessageContaining("there is no");
        Files.writeString(folder.resolve("key.p12.password"), "another\n");
        assertThatThrownBy(() -> statements("key.p12").sign(STATEMENT))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("password was incorrect");

        Files.writeString(folder.resolve("key.p12.password"), "changeit\n");
        SignedStatement read = statements("key.p12").read(statements("key.p12").sign(STATEMENT));
        assertThat(read.envelope().signedBy(statements("key.p12").ownKey())).isTrue();

        keytool(store, "-genkeypair -alias two -dname CN=other -keyalg EC -groupname secp256r1");
        assertThatThrownBy(() -> statements("key.p12").sign(STATEMENT)).hasMessageContaining("it holds 2 keys");
    }

    private static void keytool(Path store, String arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ed25519", "-t ecdsa", "-t rsa -b 2048"})
    void everyKeyThatSshKeygenMakesCanSign(String kind) throws Exception {
        assumeThat(Path.of("/usr/bin/ssh-keygen")).as("needs openssh-client").exists();
        List<String> command = new java.util.ArrayList<>(List.of(
                "ssh-keygen", "-q", "-N", "", "-f", folder.resolve("given").toString()));
        command.addAll(List.of(kind.split(" ")));
        new ProcessBuilder(command).start().waitFor();
        SigningKey key = new SigningKey("given", Files.readString(folder.resolve("given.pub")));

        SignedStatement read = statements("given").read(statements("given").sign(STATEMENT));

        assertThat(read.envelope().signedBy(key)).isTrue();
    }

    @Test
    void afterAnyByteWasChangedItDoesNotCount() {
        DsseStatements statements = statements("orchestrator.key");
        byte[] file = statements.sign(STATEMENT).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= 1;
            String text = new String(changed, StandardCharsets.UTF_8);
            assertThat(counts(statements, text) && !sameWords(statements, text))
                    .as("byte " + i)
                    .isFalse();
        }
    }

    /** The hint at the key is not signed, and spaces between words of JSON say nothing. */
    private static boolean sameWords(DsseStatements statements, String text) {
        return statements.read(text).statement().equals(STATEMENT);
    }

    private static boolean counts(DsseStatements statements, String text) {
        try {
            return statements.read(text).envelope().signedBy(statements.key().orElseThrow());
        } catch (FailureException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "status: \"healthy\"\ncommit: \"x\"\n",
                "{}",
                "{\"payloadType\": \"application/vnd.in-toto+json\", \"payload\": \"\", \"signatures\": []}",
                "{\"payloadType\": \"application/vnd.in-toto+json\", \"payload\": \"e30=\", \"signatures\": []}",
                "{\"payloadType\": \"application/vnd.in-toto+json\", \"payload\": \"W10=\", \"signatures\": {}}",
                "{\"payloadType\": \"application/vnd.in-toto+json\", \"payload\": \"%%\", \"signatures\": []}",
                "{\"payloadType\": \"application/vnd.in-toto+json\", \"payload\": \"gICA\", \"signatures\": []}",
                "{\"payloadType\": \"text/plain\", \"payload\": \"e30=\", \"signatures\": []}",
                "{\"payloadType\": \"text/plain\", \"payloadType\": \"text/plain\", \"payload\": \"e30=\"}",
                "{\"payloadType\": 1, \"payload\": 2, \"signatures\": 3}",
                "{} {}"
            })
    void whatIsNoSignedStatementIsRefusedInWords(String text) {
        assertThatThrownBy(() -> statements("orchestrator.key").read(text))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("not a signed statement");
    }

    @Test
    void nestingWithoutEndIsRefusedAsWell() {
        String deep = "{\"payload\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> statements("orchestrator.key").read(deep)).isInstanceOf(FailureException.class);
    }

    @Test
    void aFileThatHoldsNoKeyIsToldByName() throws IOException {
        Files.writeString(folder.resolve("bad.key"), "no key\n");
        assertThatThrownBy(() -> statements("bad.key").sign(STATEMENT))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("bad.key")
                .hasMessageContaining("ssh-keygen");
    }
}
