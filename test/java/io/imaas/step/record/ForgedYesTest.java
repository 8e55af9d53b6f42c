package io.imaas.step.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.Digest;
import io.imaas.model.record.Envelope;
import io.imaas.model.record.ListedKey;
import io.imaas.model.record.Person;
import io.imaas.model.record.Trust;
import io.imaas.model.record.Unbelieved;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.testing.Program;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody may put at the path of Ann's yes, who has no orchestrator's key or had one once, and what they say it is. */
class ForgedYesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final TenantName ORDERS = new TenantName("orders");
    private static final ServiceName API = new ServiceName("api");
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final String PRINT = "f".repeat(64);
    private static final String PATH = "approvals/prod/" + PRINT + "/ann.json";
    private static final KeyFile OWN = new KeyFile(TestKey.file());

    @TempDir
    static Path folder;

    private static KeyFile mallorys;
    private static DsseStatements ours;
    private static Trust trust;

    @BeforeAll
    static void keys() throws Exception {
        for (String who : List.of("ann", "bob", "old")) {
            Program.require("ssh-keygen", "openssh-client")
                    .run(
                            "-q",
                            "-t",
                            "ed25519",
                            "-N",
                            "",
                            "-f",
                            folder.resolve(who).toString());
        }
        mallorys = new KeyFile(folder.resolve("mallory"));
        ours = TestKey.statements();
        ListedKey old = new ListedKey(publicKey("old"), null, NOW.minusSeconds(3600), null);
        trust = new Trust(
                List.of(new ListedKey(
                        ours.ownKey(),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2027-01-01T00:00:00Z"),
                        null)),
                List.of(
                        new Person("@ann", List.of(), List.of(), List.of(publicKey("ann")), List.of(old)),
                        new Person("@bob", List.of(), List.of(), List.of(publicKey("bob")))));
    }

    private static SigningKey publicKey(String who) throws IOException {
        return new SigningKey(
                who, Files.readString(folder.resolve(who + ".pub")).strip());
    }

    private static Approval word(Verdict verdict, String by, Proof proof, Instant at) {
        return new Approval(API, PROD, PRINT, verdict, by, "@acme/leads", proof, "", at, "");
    }

    private static Approval yes(Proof proof) {
        return word(Verdict.YES, "@ann", proof, NOW);
    }

    private static String signed(Approval said) {
        return ours.sign(said.statement(ORDERS));
    }

    private static String signedAlso(String who, Approval said) {
        return ours.alsoBy(folder.resolve(who)).sign(said.statement(ORDERS));
    }

    /** With whatever is written there. */
    private static String signed(String type, String payload, KeyFile... keys) {
        List<Envelope.Signed> signatures = new ArrayList<>();
        for (KeyFile key : keys) {
            byte[] signature = key.sign(Envelope.signedBytes(type, payload));
            signatures.add(new Envelope.Signed(
                    OWN.publicKey().id(), Base64.getEncoder().encodeToString(signature)));
        }
        return ours.write(new Envelope(type, payload, signatures));
    }

    private static String signedWith(String payload, String signature) {
        return ours.write(new Envelope(
                Envelope.IN_TOTO,
                payload,
                List.of(new Envelope.Signed(OWN.publicKey().id(), signature))));
    }

    /** By us and by her key, for another purpose. */
    private static String signedForGit(Approval said) throws Exception {
        Path content = folder.resolve("content");
        Files.write(content, Envelope.signedBytes(Envelope.IN_TOTO, payload(said)));
        Program.require("ssh-keygen", "openssh-client")
                .run(
                        "-q",
                        "-Y",
                        "sign",
                        "-n",
                        "git",
                        "-f",
                        folder.resolve("ann").toString(),
                        content.toString());
        String hers = Files.readString(folder.resolve("content.sig")).replaceAll("-----[^-]+-----|\\s", "");
        Envelope whole = ours.read(signed(said)).envelope();
        return ours.write(new Envelope(
                whole.payloadType(),
                whole.payload(),
                List.of(whole.signatures().get(0), new Envelope.Signed("x", hers))));
    }

    private static String payload(Approval said) {
        return TestKey.payload(signed(said));
    }

    private static String lie(Approval said, String what, String instead) {
        String changed = payload(said).replace(what, instead);
        assertThat(changed).isNotEqualTo(payload(said));
        return signed(Envelope.IN_TOTO, changed, OWN);
    }

    private static Optional<Approval> read(String path, String text, List<Unbelieved> told) {
        return new Records(ours, trust, ORDERS).approval(path, text, NOW, told::add);
    }

    @Test
    void nothingOfThisIsAnnsYes() throws Exception {
        Approval yes = yes(Proof.JENKINS);
        Approval proven = yes(Proof.SSH_SIGNATURE);
        HealthRecord health = new HealthRecord(
                API,
                PROD,
                new Digest("sha256:" + PRINT),
                HealthRecord.Status.HEALTHY,
                new CommitId("c".repeat(40)),
                NOW,
                "");
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("another kind of record", ours.sign(health.statement(ORDERS)));
        forged.put("a kind that nobody knows", lie(yes, "record:approval:v1", "record:approval:v2"));
        forged.put(
                "a refusal that says it is a yes, with the refusal's signature",
                withPayload(signed(word(Verdict.NO, "@ann", Proof.JENKINS, NOW)), payload(yes)));
        forged.put("by another key under the right key's name", signed(Envelope.IN_TOTO, payload(yes), mallorys));
        forged.put("twice by another key", signed(Envelope.IN_TOTO, payload(yes), mallorys, mallorys));
        forged.put("signed as another type of text", signed("application/json", payload(yes), OWN));
        forged.put(
                "signed as another type of text and called the right one",
                signed("application/json", payload(yes), OWN).replace("application/json", Envelope.IN_TOTO));
        forged.put("a name twice", lie(yes, "\"by\":\"@ann\"", "\"by\":\"@bob\",\"by\":\"@ann\""));
        forged.put("a kind twice", lie(yes, "\"predicateType\"", "\"predicateType\":\"x\",\"predicateType\""));
        forged.put("two subjects", lie(yes, "\"subject\":[", "\"subject\":[{\"name\":\"x\",\"digest\":{}},"));
        forged.put("another version of in-toto", lie(yes, "Statement/v1", "Statement/v9"));
        forged.put("no time", lie(yes, "\"at\":", "\"when\":"));
        forged.put("a time that is none", lie(yes, NOW.toString(), "today"));
        forged.put("of 1970, before the key counted", signed(word(Verdict.YES, "@ann", Proof.JENKINS, Instant.EPOCH)));
        forged.put(
                "after the key's end",
                signed(word(Verdict.YES, "@ann", Proof.JENKINS, Instant.parse("2027-01-01T00:00:00Z"))));
        forged.put("ahead of time", signed(word(Verdict.YES, "@ann", Proof.JENKINS, NOW.plusSeconds(3600))));
        forged.put("a proof that is none", lie(yes, "\"jenkins\"", "\"crystal ball\""));
        forged.put("another tenant's", ours.sign(yes.statement(new TenantName("payments"))));
        forged.put("another environment's", lie(yes, "\"environment\":\"prod\"", "\"environment\":\"test\""));
        forged.put("of other manifests", lie(yes, PRINT, "e".repeat(64)));
        forged.put("Bob's", signed(word(Verdict.YES, "@bob", Proof.JENKINS, NOW)));
        forged.put("of somebody who looks like Ann", signed(word(Verdict.YES, "@\u0430nn", Proof.JENKINS, NOW)));
        forged.put("of Ann with a dot", signed(word(Verdict.YES, "ann.", Proof.JENKINS, NOW)));
        forged.put("of Ann's mail address", signed(word(Verdict.YES, "ann+x@example.org", Proof.JENKINS, NOW)));
        forged.put("by signature, and not signed by a person", signed(proven));
        forged.put("by signature of Bob", signedAlso("bob", proven));
        forged.put("by the signature of a key that Ann has replaced", signedAlso("old", proven));
        forged.put(
                "by Ann's signature of something else",
                withPayload(
                        signedAlso("ann", word(Verdict.YES, "@ann", Proof.SSH_SIGNATURE, NOW.minusSeconds(9))),
                        payload(proven)));
        forged.put("with something behind it", signed(yes) + "{}");
        forged.put("without signatures", signed(Envelope.IN_TOTO, payload(yes)));
        forged.put("by Ann's key alone", signed(Envelope.IN_TOTO, payload(proven), new KeyFile(folder.resolve("ann"))));
        forged.put("by Ann's signature for Git", signedForGit(proven));
        for (String none : List.of(
                "",
                "MAYCAQACAQA=",
                "MAYCAQECAQE=",
                "MAA=",
                "AAAA",
                Base64.getEncoder().encodeToString(new byte[64]),
                Base64.getEncoder().encodeToString("SSHSIG".getBytes(StandardCharsets.US_ASCII)),
                "null")) {
            forged.put("signed with " + none, signedWith(payload(yes), none));
        }
        String own = Base64.getEncoder().encodeToString(OWN.sign(Envelope.signedBytes(Envelope.IN_TOTO, payload(yes))));
        byte[] longer = Arrays.copyOf(Base64.getDecoder().decode(own), 80);
        forged.put(
                "with more behind the signature",
                signedWith(payload(yes), Base64.getEncoder().encodeToString(longer)));
        forged.put(
                "signed without its type",
                signedWith(
                        payload(yes),
                        Base64.getEncoder().encodeToString(OWN.sign(payload(yes).getBytes(StandardCharsets.UTF_8)))));
        for (String other : List.of("\uFEFF", " \uFEFF", "//x\n", "[", ")]}',\n")) {
            forged.put("with " + other + " before it", signed(Envelope.IN_TOTO, other + payload(yes), OWN));
        }
        for (String type :
                List.of(Envelope.IN_TOTO.toUpperCase(Locale.ROOT), Envelope.IN_TOTO + "; charset=utf-8", "")) {
            forged.put("of the type '" + type + "'", signed(type, payload(yes), OWN));
        }
        for (String when : List.of(
                "2026-11-20T10:00:00",
                "2026-11-20",
                "+1000000000-01-01T00:00:00Z",
                "2026-02-30T10:00:00Z",
                "1795168800")) {
            forged.put("at " + when, lie(yes, NOW.toString(), when));
        }
        for (String proof : List.of("[\"jenkins\"]", "null", "\"JENKINS \"", "\"jenk\u0131ns\"", "true")) {
            forged.put("with the proof " + proof, lie(yes, "\"jenkins\"", proof));
        }
        for (Verdict verdict : List.of(Verdict.OVERRIDE, Verdict.CONFIRMED, Verdict.ASKED)) {
            forged.put("which is " + verdict, signed(word(verdict, "@ann", Proof.JENKINS, NOW)));
        }
        for (String name : List.of("@\uff41nn", "@ann\u200d", "@ann/", "../@ann", "@ann\\u0000")) {
            forged.put("of " + name, lie(yes, "\"@ann\"", "\"" + name + "\""));
        }
        forged.put("for an environment in capitals", lie(yes, "\"environment\":\"prod\"", "\"environment\":\"PROD\""));
        forged.put("for a tenant in capitals", lie(yes, "\"tenant\":\"orders\"", "\"tenant\":\"Orders\""));
        forged.put("without a predicate", lie(yes, "\"predicate\":", "\"predicates\":"));
        forged.put("with a shorter hash", lie(yes, PRINT, PRINT.substring(1)));

        assertThat(read(PATH, signed(yes), new ArrayList<>())).contains(yes);
        forged.forEach((what, text) -> {
            List<Unbelieved> told = new ArrayList<>();
            assertThat(read(PATH, text, told)).as(what).isEmpty();
            assertThat(told).as(what).singleElement().satisfies(one -> {
                assertThat(one.path()).isEqualTo(PATH);
                assertThat(one.why()).isNotBlank();
            });
        });
        for (String other : List.of(
                PATH.replace("prod", "test"),
                PATH.replace("ann", "bob"),
                PATH.replace("ann", "ANN"),
                PATH.replace("f/", "e/"),
                "approvals/test/../prod/" + PRINT + "/ann.json",
                PATH.replace("approvals", "overrides"))) {
            assertThat(read(other, signed(yes), new ArrayList<>())).as(other).isEmpty();
        }
    }

    /** A signature more does no harm, and a refusal closes whatever its clock says. */
    @Test
    void whatIsTrueStaysTrue() {
        Approval yes = yes(Proof.JENKINS);
        assertThat(read(PATH, signed(Envelope.IN_TOTO, payload(yes), mallorys, OWN), new ArrayList<>()))
                .contains(yes);
        Approval proven = yes(Proof.SSH_SIGNATURE);
        assertThat(read(PATH, signedAlso("ann", proven), new ArrayList<>())).contains(proven);
        Approval then = word(Verdict.YES, "@ann", Proof.SSH_SIGNATURE, NOW.minusSeconds(3601));
        assertThat(read(PATH, signedAlso("old", then), new ArrayList<>())).contains(then);
        Approval no = word(Verdict.NO, "@ann", Proof.JENKINS, NOW.plusSeconds(3600));
        assertThat(read(PATH, signed(no), new ArrayList<>())).contains(no);
    }

    private static String withPayload(String envelope, String payload) {
        String base64 = Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        return envelope.replaceFirst("\"payload\" : \"[^\"]*\"", "\"payload\" : \"" + base64 + "\"");
    }
}
