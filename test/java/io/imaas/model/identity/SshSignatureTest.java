package io.imaas.model.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.imaas.testing.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the real {@code ssh-keygen}. */
class SshSignatureTest {
    private static final byte[] CONTENT = "what is signed\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @BeforeEach
    void program() {
        assumeThat(Path.of("/usr/bin/ssh-keygen")).as("needs openssh-client").exists();
    }

    private SigningKey key(String name, String... kind) throws Exception {
        String[] command = new String[kind.length + 6];
        System.arraycopy(
                new String[] {
                    "ssh-keygen", "-q", "-N", "", "-f", folder.resolve(name).toString()
                },
                0,
                command,
                0,
                6);
        System.arraycopy(kind, 0, command, 6, kind.length);
        run(command);
        return new SigningKey(name, Files.readString(folder.resolve(name + ".pub")));
    }

    private byte[] sign(String key, String namespace) throws Exception {
        Path content = folder.resolve("content");
        Files.deleteIfExists(folder.resolve("content.sig"));
        Files.write(content, CONTENT);
        run(
                "ssh-keygen",
                "-q",
                "-Y",
                "sign",
                "-n",
                namespace,
                "-f",
                folder.resolve(key).toString(),
                content.toString());
        String armored = Files.readString(folder.resolve("content.sig"));
        return Base64.getMimeDecoder().decode(armored.replaceAll("-----[^-]+-----", ""));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ed25519", "-t ecdsa", "-t rsa -b 2048"})
    void aSignatureOfEachKindOfKeyHoldsForItsContentAlone(String kind) throws Exception {
        SigningKey key = key("ann", kind.split(" "));
        SigningKey other = key("bob", kind.split(" "));
        byte[] signature = sign("ann", "imaas");

        assertThat(key.signed(CONTENT, signature)).isTrue();
        assertThat(new SigningKey("pem", Pem.of(key)).signed(CONTENT, signature))
                .isTrue();
        assertThat(other.signed(CONTENT, signature)).isFalse();
        assertThat(key.signed("another".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        for (int i = 0; i < signature.length; i++) {
            byte[] damaged = signature.clone();
            damaged[i] ^= 0x20;
            assertThat(key.signed(CONTENT, damaged)).as("byte " + i).isFalse();
        }
        for (int length = 0; length < signature.length; length += 7) {
            assertThat(key.signed(CONTENT, java.util.Arrays.copyOf(signature, length)))
                    .isFalse();
        }
    }

    @Test
    void whatWasSignedForAnotherPurposeDoesNotCount() throws Exception {
        SigningKey key = key("ann", "-t", "ed25519");

        assertThat(key.signed(CONTENT, sign("ann", "git"))).isFalse();
        assertThat(SigningKey.ofCommit(CONTENT, sign("ann", "git"))).isPresent();
        assertThat(SigningKey.ofCommit(CONTENT, sign("ann", "imaas"))).isEmpty();
        assertThat(key.signed(CONTENT, sign("ann", "file"))).isFalse();
    }

    @Test
    void aKeyIsTheSameHoweverItIsWritten() throws Exception {
        SigningKey key = key("ann", "-t", "ecdsa");

        assertThat(key.same(new SigningKey("pem", Pem.of(key)))).isTrue();
        assertThat(key.same(key("bob", "-t", "ecdsa"))).isFalse();
        String damaged = key.text().replaceFirst("AAAAE2", "AAAAE3");
        assertThatThrownBy(() -> new SigningKey("x", damaged)).hasMessageContaining("not a public key");
        assertThatThrownBy(() -> new SigningKey("x", key.text() + "\n" + key.text()))
                .hasMessageContaining("public key");
    }
}
