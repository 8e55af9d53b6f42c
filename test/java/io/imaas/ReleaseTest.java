package io.imaas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.Envelope;
import io.imaas.testing.Git;
import io.imaas.testing.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/release}, beside what a build left; the build itself needs a network. */
class ReleaseTest {
    private static final Path SCRIPT = Path.of(".ci/release").toAbsolutePath();

    @TempDir
    Path folder;

    private Git sources;
    private Path built;
    private Path key;

    @BeforeEach
    void build() throws Exception {
        for (String program : List.of("jq", "openssl", "git")) {
            Program.require(program, program);
        }
        Program.require("bash", "bash");
        sources = Git.in(folder);
        sources.run("init", "-q", "-b", "main", ".");
        sources.run("config", "user.name", "ann");
        sources.run("config", "user.email", "ann@example.org");
        sources.run("remote", "add", "origin", "https://ann:secret@git.example.org/imaas.git");
        Files.writeString(folder.resolve(".gitignore"), "target\n*.key\n");
        sources.run("add", "-A");
        sources.run("commit", "-q", "-m", "one");
        sources.run("tag", "v1.0.0");
        built = Files.createDirectories(folder.resolve("target"));
        Files.writeString(built.resolve("imaas.jar"), "the jar");
        Files.writeString(built.resolve("imaas.cdx.json"), "{}");
        Files.writeString(
                built.resolve("SHA256SUMS"),
                bash("cd target && sha256sum imaas.jar imaas.cdx.json").out());
        key = folder.resolve("release.key");
        bash("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out release.key");
    }

    @Test
    void itsProvenanceNamesTheFilesTheCommitAndTheTagAndIsSigned() throws Exception {
        assertThat(release().code()).isZero();
        JsonNode written = new ObjectMapper().readTree(Files.readString(built.resolve("imaas.intoto.jsonl")));
        JsonNode signature = written.at("/signatures/0");
        Envelope envelope = new Envelope(
                written.path("payloadType").asText(),
                new String(Base64.getDecoder().decode(written.path("payload").asText()), StandardCharsets.UTF_8),
                List.of(new Envelope.Signed(
                        signature.path("keyid").asText(), signature.path("sig").asText())));
        SigningKey publicKey = new SigningKey("release", Files.readString(built.resolve("imaas.pub")));
        assertThat(envelope.signedBy(publicKey)).isTrue();
        assertThat(envelope.signatures().get(0).keyId()).isEqualTo(publicKey.id());

        JsonNode statement = new ObjectMapper().readTree(envelope.payload());
        assertThat(statement.path("predicateType").asText()).isEqualTo("https://slsa.dev/provenance/v1");
        assertThat(statement.path("subject"))
                .extracting(subject -> subject.at("/digest/sha256").asText() + "  "
                        + subject.path("name").asText())
                .containsExactlyElementsOf(Files.readAllLines(built.resolve("SHA256SUMS")));
        JsonNode source = statement.at("/predicate/buildDefinition/resolvedDependencies/0");
        assertThat(source.at("/digest/gitCommit").asText())
                .isEqualTo(sources.run("rev-parse", "HEAD").strip());
        assertThat(source.path("uri").asText())
                .as("without the login")
                .isEqualTo("git+https://git.example.org/imaas.git@refs/tags/v1.0.0");
    }

    /** With a Maven that leaves what the real one does. */
    @Test
    void theLibrariesAreAmongTheFilesAndTheBillOfMaterialsNamesEach() throws Exception {
        Files.writeString(
                folder.resolve("mvn"),
                """
                #!/bin/sh -e
                mkdir -p target/lib && cd target
                echo a > lib/a-1.jar; echo n > lib/n-2-linux.jar; eval "$MORE"
                echo '{"components": [{"name": "a", "version": "1", "purl": "pkg:maven/g/a@1?type=jar"},
                  {"name": "n", "version": "2", "purl": "pkg:maven/g/n@2?classifier=linux&type=jar"}]}' > imaas.cdx.json
                sha256sum imaas.jar imaas.cdx.json > SHA256SUMS
                """);
        Files.writeString(folder.resolve("pom.xml"), "<project>\n  <version>2.0.0</version>\n</project>\n");
        bash("chmod +x mvn && echo mvn >> .gitignore && git add -A && git commit -q -m two && git tag v2.0.1");
        String run = "PATH=$PWD:$PATH " + SCRIPT + " release.key";
        Ended other = bash(run);
        assertThat(other.code()).isEqualTo(3);
        assertThat(other.out()).contains("the tag is v2.0.1, and pom.xml says 2.0.0", "<version>2.0.1</version>");

        bash("git tag -d v2.0.1 && git tag v2.0.0");
        Ended ended = bash(run);
        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(Files.readString(built.resolve("SHA256SUMS"))).contains("  lib/a-1.jar\n", "  lib/n-2-linux.jar\n");
        assertThat(bash("jq -r .payload target/imaas.intoto.jsonl | base64 -d").out())
                .contains("\"name\":\"lib/n-2-linux.jar\"");

        Ended unnamed = bash("MORE='cp lib/a-1.jar lib/b-3.jar' " + run);
        assertThat(unnamed.code()).isEqualTo(3);
        assertThat(unnamed.out()).contains("imaas.cdx.json does not name b-3.jar");
    }

    @Test
    void whatIsDocumentedChecksItAndFindsWhatWasChanged() throws Exception {
        assertThat(release().code()).isZero();
        Matcher documented = Pattern.compile("(?s)Checked by hand:\\s+```sh\n(.+?)```")
                .matcher(Files.readString(Path.of("CONTRIBUTING.md")));
        assertThat(documented.find()).isTrue();
        String commands = "cd target && set -e\n" + documented.group(1);
        assertThat(bash(commands).out())
                .contains("Verified OK", "imaas.jar: OK", "imaas.cdx.json: OK", "refs/tags/v1.0.0");

        Files.writeString(built.resolve("imaas.jar"), "another jar");
        assertThat(bash(commands).code()).isNotZero();
        Files.writeString(built.resolve("imaas.jar"), "the jar");
        Path provenance = built.resolve("imaas.intoto.jsonl");
        Files.writeString(
                provenance, Files.readString(provenance).replaceFirst("\"payload\":\"eyJ", "\"payload\":\"eyK"));
        assertThat(bash(commands).code()).isNotZero();
    }

    @Test
    void whatIsNotOneTaggedCommitIsRefusedWithTheCommandThatHelps() throws Exception {
        Files.writeString(built.resolve("imaas.jar"), "another jar");
        assertRefused("SHA256SUMS does not fit", "build again");
        Files.writeString(folder.resolve(".gitignore"), "target\n*.key\n# changed\n");
        assertRefused("changes that are not committed", "git stash");
        sources.run("commit", "-q", "-a", "-m", "two");
        assertRefused("has no tag", "git tag");
        Files.delete(key);
        assertRefused("no private key", "openssl genpkey");
        assertThat(built.resolve("imaas.intoto.jsonl")).doesNotExist();
    }

    private void assertRefused(String... said) throws Exception {
        Ended ended = release();
        assertThat(ended.code()).as(ended.out()).isEqualTo(3);
        assertThat(ended.out()).contains(said);
    }

    private Ended release() throws Exception {
        return bash(SCRIPT + " release.key target");
    }

    private record Ended(int code, String out) {}

    private Ended bash(String script) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", "-c", script));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out);
    }
}
