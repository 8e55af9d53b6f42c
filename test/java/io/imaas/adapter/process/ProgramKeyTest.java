package io.imaas.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.app.assembly.OwnKeys;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.Statement;
import io.imaas.port.OwnKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that a program signs with, here {@code openssl} in place of a cloud's command line. */
class ProgramKeyTest {
    private static final byte[] COMMIT = "tree 1\n\nmessage\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private KeyPair pair;

    @BeforeEach
    void begin() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        pair = generator.generateKeyPair();
        Files.writeString(
                folder.resolve("key.pem"), pem("PRIVATE", pair.getPrivate().getEncoded()));
        Files.writeString(
                folder.resolve("key.pub"), pem("PUBLIC", pair.getPublic().getEncoded()));
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + " KEY-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + " KEY-----\n";
    }

    /** @param sign what the program does with {@code $2} to give {@code $3} */
    private OwnKey key(String sign) throws IOException {
        Path program = program(
                "sign",
                "#!/bin/sh\nset -e\necho a warning >&2\n[ -z \"$IMAAS_SECRET\" ] || exit 9\ncase $1 in\npublic-key) cp "
                        + folder + "/key.pub \"$2\" ;;\nsign) " + sign + " ;;\nesac\n");
        return OwnKeys.at("program://" + program, Map.of("IMAAS_SECRET", "x", "PATH", System.getenv("PATH")));
    }

    private String openssl() {
        return "openssl dgst -sha256 -sign " + folder + "/key.pem \"$2\"";
    }

    /** AWS and Azure print Base64, Google writes bytes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                " > \"$3\"",
                " | openssl base64 > \"$3\"",
                " | openssl base64 -A | tr '+/' '-_' | tr -d = > \"$3\""
            })
    void aProgramSignsRecordsAndCommits(String writes) throws IOException {
        OwnKey key = key(openssl() + writes);
        DsseStatements statements = new DsseStatements(key);
        Statement statement = new Statement("urn:imaas:record:health:v1", "a/b/c", "a".repeat(64), Map.of("at", "x"));

        assertThat(key.exists()).isTrue();
        assertThat(statements.read(statements.sign(statement)).envelope().signedBy(key.publicKey()))
                .isTrue();
        assertThat(SigningKey.ofCommit(COMMIT, statements.signCommit(COMMIT)))
                .hasValueSatisfying(
                        signer -> assertThat(signer.same(key.publicKey())).isTrue());
        assertThat(key.publicKey().listed()).doesNotContain("\n");
        assertThat(folder.toFile().list()).hasSize(3);
    }

    /** The script of the documentation, with a stand-in for AWS' command line that signs a digest as KMS does. */
    @Test
    void theDocumentedScriptSigns() throws IOException {
        String script = Pattern.compile("```\n(#!/bin/sh -e\nkey=alias.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/formats.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        program(
                "aws",
                """
                #!/bin/sh -e
                [ "$1 $3 $4" = 'kms --key-id alias/imaas' ]
                case $2 in
                  get-public-key) openssl pkey -in key.pem -pubout -outform DER | openssl base64 ;;
                  sign)
                    [ "$5 $6 $7 $8 $9" = '--signing-algorithm ECDSA_SHA_256 --message-type DIGEST --message' ]
                    shift 9
                    openssl pkeyutl -sign -inkey key.pem -in "${1#fileb://}" | openssl base64 ;;
                esac
                """);
        Path program = program("sign", script);
        OwnKey key = OwnKeys.at("program://" + program, Map.of("PATH", folder + ":" + System.getenv("PATH")));

        assertThat(key.publicKey().signed(COMMIT, key.sign(COMMIT))).isTrue();
    }

    private Path program(String name, String script) throws IOException {
        Path program = Files.writeString(folder.resolve(name), script);
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** As Azure Key Vault gives it: the two numbers, one after the other. */
    @Test
    void aSignatureOfTwoNumbersIsWrittenAsAllOthers() throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(pair.getPrivate());
        for (int i = 0; i < 20; i++) {
            byte[] content = {(byte) i};
            signature.update(content);
            Files.write(folder.resolve("raw"), signature.sign());
            OwnKey key = key("openssl base64 -in " + folder + "/raw > \"$3\"");

            assertThat(key.publicKey().signed(content, key.sign(content))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo AccessDenied >&2; exit 3 | it ends with exit code 3: a warning / AccessDenied",
                "true | it writes nothing",
                "touch \"$3.more\"; head -c 100000 /dev/zero > \"$3\" | more than 65536 bytes",
                "mkdir \"$3\" | it writes nothing",
                "echo no signature > \"$3\" | no signature by its public key",
                "openssl ecparam -name prime256v1 -genkey -noout -out k; openssl dgst -sha256 -sign k -out \"$3\" \"$2\"; rm k | no signature by its public key",
            })
    void aProgramThatDoesNotSignIsSaidSo(String sign, String why) throws IOException {
        OwnKey key = key(sign);

        assertThatThrownBy(() -> key.sign(COMMIT))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.EXTERNAL))
                .hasMessageContaining(why)
                .hasMessageContaining("run it by hand");
    }

    @Test
    void whatIsNoPublicKeyIsSaidSo() throws IOException {
        Files.writeString(folder.resolve("key.pub"), "no key\n");

        assertThatThrownBy(() -> key("true").publicKey()).hasMessageContaining("what it writes is no public key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"program://sign", "program:///no/such/program", "program:///tmp", "program://"})
    void whatIsNoProgramIsRefusedAtOnce(String reference) {
        assertThatThrownBy(() -> OwnKeys.at(reference, Map.of()))
                .hasMessageContaining("is not a program that can be started")
                .hasMessageContaining("write program:///absolute/path");
    }
}
