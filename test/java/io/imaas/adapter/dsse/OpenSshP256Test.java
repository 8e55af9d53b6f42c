package io.imaas.adapter.dsse;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenSshP256Test {
    @TempDir
    private Path folder;

    private static KeyPair fresh(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static void same(KeyPair one, KeyPair other) {
        assertThat(((ECPublicKey) one.getPublic()).getW()).isEqualTo(((ECPublicKey) other.getPublic()).getW());
        assertThat(((ECPrivateKey) one.getPrivate()).getS()).isEqualTo(((ECPrivateKey) other.getPrivate()).getS());
    }

    /** Some of so many have numbers that begin with zeros. */
    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        for (int i = 0; i < 300; i++) {
            KeyPair pair = fresh(256);
            same(OpenSshP256.read(OpenSshP256.write(pair, "a".repeat(i % 9))).orElseThrow(), pair);
        }
    }

    @Test
    void theLibraryAndWeReadEachOther() throws Exception {
        KeyPair pair = fresh(256);
        byte[] ours = OpenSshP256.write(pair, "imaas").getBytes(StandardCharsets.US_ASCII);
        same(
                SecurityUtils.loadKeyPairIdentities(
                                null, () -> "ours", new ByteArrayInputStream(ours), FilePasswordProvider.EMPTY)
                        .iterator()
                        .next(),
                pair);
        ByteArrayOutputStream theirs = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "imaas", null, theirs);
        same(OpenSshP256.read(theirs.toString(StandardCharsets.US_ASCII)).orElseThrow(), pair);
        assertThat(OpenSshP256.line((ECPublicKey) pair.getPublic()))
                .isEqualTo(PublicKeyEntry.toString(pair.getPublic()));
    }

    @Test
    void aKeyOfSshKeygenSigns() throws Exception {
        KeyPair pair = OpenSshP256.read(made("ecdsa", "256", "")).orElseThrow();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        assertThat(signature.verify(signed)).isTrue();
        assertThat(Files.readString(folder.resolve("key.pub")))
                .startsWith(OpenSshP256.line((ECPublicKey) pair.getPublic()) + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecdsa 384 ", "ed25519 256 ", "rsa 2048 ", "ecdsa 256 secret"})
    void anyOtherKeyIsLeftToTheLibrary(String kind) throws Exception {
        String[] words = kind.split(" ", -1);
        assertThat(OpenSshP256.read(made(words[0], words[1], words[2]))).isEmpty();
    }

    @Test
    void whatIsDamagedIsNoKey() throws Exception {
        String text = OpenSshP256.write(fresh(256), "imaas");
        for (int cut = 40; cut < text.length() - 40; cut++) {
            assertThat(OpenSshP256.read(text.substring(0, cut) + text.substring(text.length() - 36)))
                    .as("cut at " + cut)
                    .isEmpty();
        }
        assertThat(OpenSshP256.read("")).isEmpty();
    }

    private String made(String kind, String bits, String password) throws Exception {
        Path file = folder.resolve("key");
        Program.require("ssh-keygen", "openssh-client")
                .run("-q", "-t", kind, "-b", bits, "-N", password, "-f", file.toString());
        return Files.readString(file);
    }
}
