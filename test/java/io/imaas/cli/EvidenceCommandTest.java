package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.adapter.git.GitHttpServer;
import io.imaas.app.Imaas;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.evidence.Evidence;
import io.imaas.model.evidence.Evidence.Build;
import io.imaas.model.evidence.Evidence.Kept;
import io.imaas.model.evidence.EvidenceTrust;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Person;
import io.imaas.model.record.Statement;
import io.imaas.model.rollout.Approval;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Json;
import io.imaas.testing.Git;
import io.imaas.testing.Signer;
import io.imaas.testing.TestKey;
import io.imaas.testing.TestSigstore;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An auditor's questions, answered from one file: real repositories, the real chart, Git's and OpenSSL's own programs. */
class EvidenceCommandTest extends PromotedRelease {
    @Test
    void whoAskedWhoAgreedAndWhatTheGatesFoundIsInOneFileThatHoldsByItself() throws IOException {
        Path file = evidence();

        CommandLineRun run = verify(file);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("ok      signature: by orchestrator", "ok      manifests: SHA-256 ", "ok      gates: ")
                .contains("approved by @ann as @acme/leads", "healthy in test since 2026-01-01T00:00:00Z")
                .contains("absent  build: ")
                .doesNotContain("NOT OK");
        String statement = TestKey.payload(Files.readString(file));
        assertThat(statement)
                .contains("is healthy in dev since 2026-01-01", "\"approval\":\"open: approved by @ann")
                .contains("\"by\":\"@ann\"", "https://git.example.org/api.git", "1.4.0");
        assertThat(Files.readString(folder.resolve("evidence.html"))).contains("<h2>Gates at that moment</h2>", "@ann");
        assertThat(tell("evidence", "api", "test", "--release", "9.9.9").err())
                .contains("api 9.9.9 was never released to test", "known: [1.4.0]");
    }

    @Test
    void anyChangedByteIsFound() throws IOException {
        byte[] file = Files.readAllBytes(evidence());
        Random random = new Random(18);
        try (Assembly assembly = new Assembly(folder.resolve("cache")).key(TestKey.file())) {
            Ports ports = assembly.ports().build();
            assertThat(Imaas.verify(ports, file, EvidenceTrust.ofFile()).misfits())
                    .isEmpty();
            for (int at = 0; at < file.length; at += at < 50 || at > file.length - 100 ? 1 : 1 + random.nextInt(300)) {
                byte[] changed = file.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                assertThat(Imaas.verify(ports, changed, EvidenceTrust.ofFile()).misfits())
                        .as("byte " + at + " of " + file.length)
                        .isNotEmpty()
                        .allSatisfy(part -> assertThat(part.name()).isNotBlank());
            }
            noByteOfASmallFileCanBeOtherwiseNorItsForm(ports, file);
        }
        Files.writeString(folder.resolve("cut.json"), "{\"payload");
        CommandLineRun run = verify(folder.resolve("cut.json"));
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("the evidence does not hold: file (");
    }

    /** Of a file that is small enough for each byte of it. */
    private static void noByteOfASmallFileCanBeOtherwiseNorItsForm(Ports ports, byte[] whole) {
        String statement = TestKey.payload(new String(whole, StandardCharsets.UTF_8))
                .replaceFirst("\"bundle\":\"[^\"]*\"", "\"bundle\":\"\"")
                .replaceFirst("\"records\":\\[.*?}],\"orch", "\"records\":[],\"orch");
        byte[] file = TestKey.statements()
                .sign(TestKey.statements().read(envelope(statement)).statement())
                .getBytes(StandardCharsets.UTF_8);
        assertThat(file.length).isLessThan(6000);
        assertThat(broken(ports, file)).isFalse();
        for (int at = 0; at < file.length; at += at < 100 || at > file.length - 200 ? 1 : 1 + at % 13) {
            byte[] changed = file.clone();
            changed[at] ^= (byte) (1 << at % 8);
            assertThat(broken(ports, changed)).as("byte " + at).isTrue();
        }
        String text = new String(file, StandardCharsets.UTF_8);
        String type = "  \"payloadType\" : \"application/vnd.in-toto+json\",\n";
        String signature = text.substring(text.indexOf("{", 2), text.lastIndexOf("}") - 3);
        assertThat(List.of(
                        text.strip(),
                        text + "\n",
                        text.replace(type, type + type),
                        text.replace(type, "").replaceFirst("\\{\n(.*\n)", "{\n$1" + type),
                        text.replace("application/vnd", "\\u0061pplication/vnd"),
                        text.replace(signature, signature + ", " + signature),
                        text.replace(
                                signature, signature + ", " + signature.replace("\"sig\" : \"ME", "\"sig\" : \"MF"))))
                .allSatisfy(changed -> {
                    assertThat(changed).isNotEqualTo(text);
                    assertThat(broken(ports, changed.getBytes(StandardCharsets.UTF_8)))
                            .as(changed)
                            .isTrue();
                });
    }

    private static boolean broken(Ports ports, byte[] file) {
        return Imaas.verify(ports, file, EvidenceTrust.ofFile()).misfits().stream()
                .anyMatch(
                        part -> List.of("file", "form", "signature", "content").contains(part.name()));
    }

    @Test
    void whoeverSignsItAnewWithAKeyOfTheirOwnIsFoundByTheKeyThatIsTrusted() throws IOException {
        Path file = evidence();
        Path own = folder.resolve("own.pub");
        Files.writeString(own, TestKey.statements().ownKey().text());
        assertThat(verify(file, "--trusted", own.toString()).exitCode()).isZero();

        DsseStatements mallory = new DsseStatements(new KeyFile(folder.resolve("mallory")));
        String other = Files.writeString(
                        folder.resolve("other.pub"), mallory.ownKey().text())
                .toString();
        assertThat(verify(file, "--trusted", other).err()).contains("signature (it is signed by none of the keys");

        // Whoever signs the file also writes its list: beside a key that is named, the list vouches for no record.
        Files.writeString(
                file,
                mallory.sign(TestKey.statements().read(Files.readString(file)).statement()));
        CommandLineRun run = verify(file, "--trusted", other);
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out()).contains("ok      signature: ");
        assertThat(run.err()).contains("record health/", "record approvals/").doesNotContain("signature (");
        assertThat(verify(file, "--trusted", other, "--trusted", own.toString()).exitCode())
                .isZero();
    }

    @Test
    void aPlatformBehindALoginIsReadWithTheTokenOfEveryCommand() throws Exception {
        Path file = evidence();
        Path platform = Files.createDirectories(folder.resolve("kept/platform"));
        Git.in(platform).run("init", "-q", "-b", "main");
        listing(platform, file, TestKey.statements().ownKey().text(), "");
        Git.in(platform).run("add", ".");
        Git.in(platform).run("-c", "user.name=ann", "-c", "user.email=ann@example.org", "commit", "-qm", "Platform");
        try (GitHttpServer http = new GitHttpServer(folder.resolve("kept"))) {
            http.requireLogin("x-access-token", "right");
            String url = http.url("platform/.git").value();
            String cache = folder.resolve("cache").toString();
            String[] asked = {"--platform", url, "--cache", cache, "--git-hosts", url.replaceFirst("/platform.*", "")};
            CommandLineRun nobody = verify(file, asked);
            assertThat(nobody.exitCode()).as(nobody.err()).isEqualTo(5);
            assertThat(nobody.err()).contains("wants a login");
            CommandLineRun run = verify(
                    file,
                    Stream.concat(Stream.of(asked), Stream.of("--git-token", "right"))
                            .toArray(String[]::new));
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).startsWith("trusted the orchestrator of http://127.0.0.1:");
        }
        assertThat(verify(file, "--platform", platform.toString(), "--trusted", "x.pub")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void whoseSignatureCountedIsSaidAndThePlatformsOwnListCanSayIt() throws IOException {
        Path file = evidence();
        assertThat(verify(file).out())
                .startsWith("trusted nobody: the keys are those of the file itself, so anybody could");

        Path platform = Files.createDirectories(folder.resolve("listed"));
        assertThat(listing(platform, file, TestKey.statements().ownKey().text(), "")
                        .out())
                .startsWith("trusted the orchestrator of " + platform);

        assertThat(renamed(platform, file).err())
                .contains("platform (it is of acme, and not of acme-two)", "record approvals/");
        assertThat(listing(platform, file, TestKey.statements().ownKey().text(), ", validTo: 2020-01-01T00:00:00Z")
                        .err())
                .contains("signature (", "record health/");
        CommandLineRun.of("key", "--key", folder.resolve("eve").toString());
        String eve = Files.readString(folder.resolve("eve.pub"));
        assertThat(listing(platform, file, eve, "").err())
                .contains("signature (it is signed by none of the keys", "record health/");
    }

    /** Whoever signs the file writes its lists of people and of images' keys as well. */
    @Test
    void withAPlatformTheKeysOfPeopleAndOfImagesAreThePlatformsAtTheTimeOfTheSignature() throws Exception {
        Path key = folder.resolve("ann");
        Process keygen =
                new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).start();
        assertThat(keygen.waitFor()).isZero();
        String line = Files.readString(folder.resolve("ann.pub")).strip();
        SigningKey person = new SigningKey("@ann", line);
        Signer release = Signer.of("EC 256");
        Path file = evidence();
        Evidence seen = Json.value(
                TestKey.statements().read(Files.readString(file)).statement().said(), Evidence.class);
        Kept yes = seen.records().stream()
                .filter(kept -> kept.path().startsWith("approvals/"))
                .findFirst()
                .orElseThrow();
        Approval self = Approval.of(TestKey.statements().read(yes.envelope()).statement());
        Approval proven = new Approval(
                API,
                self.environment(),
                self.fingerprint(),
                self.verdict(),
                "@ann",
                self.as(),
                Actor.Proof.SSH_SIGNATURE,
                "",
                self.at(),
                "");
        Kept signed = new Kept(
                yes.path(),
                TestKey.records(TestKey.statements().alsoBy(key), "orders")
                        .sign(proven.statement(new TenantName("orders"))));
        byte[] payload = TinyImages.payload(DIGEST.value());
        ImageSignature image = new ImageSignature(
                new String(payload, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(release.sign(payload)),
                DIGEST.value());
        Evidence made = new Evidence(
                seen.tenant(),
                seen.service(),
                seen.environment(),
                seen.by(),
                seen.at(),
                seen.release(),
                new Build(
                        seen.build().sources(),
                        List.of(),
                        "",
                        Map.of(),
                        List.of(image),
                        List.of(new CertifiedSigner("https://ci.example.org", "job", ""))),
                seen.decision(),
                List.of(signed),
                seen.orchestrators(),
                List.of(new Person("@ann", List.of(), List.of(), List.of(person))),
                List.of(release.key("release")),
                seen.bundle(),
                List.of("provenance: none", "SBOM: none", "rollout: none"));
        Files.writeString(
                file,
                TestKey.statements().sign(new Statement(Evidence.TYPE, made.subject(), DIGEST.hex(), Json.map(made))));

        assertThat(verify(file).exitCode()).isZero();
        CommandLineRun foreign = platform(file, "");
        assertThat(foreign.exitCode()).isEqualTo(5);
        assertThat(foreign.out())
                .startsWith("trusted the orchestrator of ")
                .contains("the keys of people and of images are those of");
        assertThat(foreign.err())
                .contains("record approvals/", "none of the keys that platform.yaml lists for @ann")
                .contains("image's signature (by none of the keys that counted then", "whom 'signedBy' does not list");

        String listed =
                "people: [{name: \"@ann\", replacedKeys: [{key: \"" + line + "\", validTo: %s}]}]\npolicy:\n  images:\n"
                        + "    signedBy: [{name: release, key: \""
                        + release.key("release").text().strip().replace("\n", "\\n")
                        + "\", validTo: %s}, {name: ci, keyless: {issuer: \"https://ci.example.org\", identity: job}}]\n";
        Files.writeString(
                Files.createDirectories(folder.resolve("trusting")).resolve("trusted_root.json"),
                new TestSigstore().trustedRoot());
        String later = seen.decision().at().plusSeconds(1).toString();
        assertThat(platform(file, listed.formatted(later, later)).err()).isEmpty();
        assertThat(platform(file, listed.formatted(self.at(), later)).err())
                .contains("record approvals/")
                .doesNotContain("image's");
        assertThat(platform(file, listed.formatted(later, seen.decision().at())).err())
                .contains("image's signature (")
                .doesNotContain("record ");
    }

    private static CommandLineRun platform(Path file, String more) throws IOException {
        Path platform = Files.createDirectories(folder.resolve("trusting"));
        Files.writeString(
                platform.resolve("platform.yaml"),
                "platform: acme\nregistries: [registry.example.org/acme]\n"
                        + TestKey.listed().replaceAll("\n(?=.)", "\\\\n") + more);
        return verify(file, "--platform", platform.toString());
    }

    private static CommandLineRun renamed(Path platform, Path file) throws IOException {
        Path yaml = platform.resolve("platform.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("platform: acme", "platform: acme-two"));
        return verify(file, "--platform", platform.toString());
    }

    private static CommandLineRun listing(Path platform, Path file, String key, String more) throws IOException {
        String text = Files.readString(folder.resolve("platform/platform.yaml"));
        Files.writeString(
                platform.resolve("platform.yaml"),
                text.replaceAll("(?ms)^orchestrators:.*?(?=^\\S|\\z)", "") + "\norchestrators: [{name: one, key: \""
                        + key.strip().replace("\n", "\\n") + "\"" + more + "}]\n");
        return verify(file, "--platform", platform.toString());
    }

    /** What the signer himself has put together wrongly: each part has its name. */
    @Test
    void partsThatDoNotAgreeAreToldByTheirNames() throws IOException {
        String statement = TestKey.payload(Files.readString(evidence()));

        assertThat(lie(statement, "\"version\":\"1.4.0\"", "\"version\":\"1.5.0\""))
                .contains("released commit (");
        assertThat(lie(statement, "open: approved by @ann", "open: approved by @bob"))
                .contains("gates (");
        assertThat(lie(statement, "\"approval\":\"open: ", "\"other\":\"open: "))
                .contains("gates (");
        assertThat(lie(statement, "(\"service\":\"api\",\"environment\":)\"test\"", "$1\"dev\""))
                .contains("environment (the commit is for test", "subject (");
        assertThat(lie(statement, "(\"rendered\":\"[0-9a-f]+\",\"by\":)\"@ann\"", "$1\"@bob\""))
                .contains("actor (@bob");
        assertThat(lie(statement, "(\"rendered\":\"[0-9a-f]+\",\"by\":\"@ann\",\"at\":\")20..", "$12020"))
                .contains("time (the commit is of ");
        assertThat(lie(statement, "\"manifests\":\"[0-9a-f]{4}", "\"manifests\":\"0000"))
                .contains("manifests (");
        assertThat(lie(statement, "\"path\":\"health/test", "\"path\":\"health/prod"))
                .contains("record health/prod/api/", "it belongs to health/test");
        assertThat(lie(statement, "@sha256:a{64}", "@sha256:" + "b".repeat(64)))
                .contains("subject (", "released commit (");
        assertThat(lie(statement, "\\{\"path\":\"approvals/.*?\\},(?=\\{\"path\")", ""))
                .contains("approvals (no record of it is here: approvals/test/")
                .contains("records of that moment (approvals/test/");
        assertThat(lie(statement, ",\"build: [^\"]*\"", ""))
                .contains("missing (not told: image's signature; not told: provenance; not told: SBOM)");
        assertThat(lie(statement, "\"missing\":\\[", "$0\"gates: none\","))
                .contains("missing (told, and there all the same: gates)");
        assertThat(lie(statement, "\"platform\":\"acme\"", "\"platform\":\"other\""))
                .contains(
                        "record approvals/test/", "it is a record of the platform acme, and this one is called other");
    }

    private static String lie(String statement, String what, String instead) throws IOException {
        String changed = Pattern.compile(what).matcher(statement).replaceFirst(instead);
        var read = TestKey.statements().read(envelope(changed));
        Files.writeString(folder.resolve("lie.json"), TestKey.statements().sign(read.statement()));
        CommandLineRun run = verify(folder.resolve("lie.json"));
        assertThat(run.out()).contains("ok      signature");
        return run.err();
    }

    private static String envelope(String payload) {
        return "{\"payloadType\": \"application/vnd.in-toto+json\", \"payload\": \""
                + Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + "\", \"signatures\": []}";
    }

    /** Each line of the page, as it stands there. */
    @Test
    void whatTheDocumentationSaysCanBeDoneByHandCanBeDone() throws Exception {
        evidence();
        String page = Files.readString(Path.of("docs/evidence.md"));
        String script = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
        Process bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("the manifests fit", "Imaas-Gate-approval: open: approved by @ann", "version: 1.4.0")
                .containsPattern("approvals/test/[0-9a-f]{64}/ann.json")
                .contains("Verified OK")
                .doesNotContain("secret");
    }
}
