package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.record.Envelope;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.testing.Git;
import io.imaas.testing.Person;
import io.imaas.testing.TestKey;
import io.imaas.testing.TestRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Approvals that were tampered with, each in a way of its own, on a branch that an orchestrator sealed: as if its seal were worth
 * nothing. None opens the gate, and each is told with the reason.
 */
class ForgedRecordKindsTest extends PlatformWorld {
    private static final String OPEN = "open      approval: ";
    private static final TenantName ORDERS = new TenantName("orders");

    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final KeyFile own = new KeyFile(TestKey.file());
    private DsseStatements mallory;
    private String fingerprint;

    private Approval yes(String by, Instant at) {
        return new Approval(
                new ServiceName("api"),
                new EnvironmentName("test"),
                fingerprint,
                Verdict.YES,
                by,
                "@acme/leads",
                Proof.JENKINS,
                "",
                at,
                "");
    }

    private static String genuine(Approval approval) {
        return TestKey.records("orders").sign(approval.statement(ORDERS));
    }

    /** A file of somebody's yes, tampered with as a whole. */
    private void file(String why, UnaryOperator<String> tamper) {
        Approval approval = yes("@f" + files.size(), Instant.now());
        files.put(approval.path(), tamper.apply(genuine(approval)));
        reasons.put(approval.path(), why);
    }

    /** The same, where the orchestrator itself signed what was tampered with. */
    private void signed(String why, UnaryOperator<String> tamper) {
        file(why, text -> {
            String payload = tamper.apply(TestKey.payload(text));
            String signature =
                    Base64.getEncoder().encodeToString(own.sign(Envelope.signedBytes(Envelope.IN_TOTO, payload)));
            return envelope(Envelope.IN_TOTO, base64(payload), "{\"keyid\": \"\", \"sig\": \"" + signature + "\"}");
        });
    }

    private static String envelope(String type, String payload, String signatures) {
        return "{\"payloadType\": \"" + type + "\", \"payload\": \"" + payload + "\", \"signatures\": [" + signatures
                + "]}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String signaturesOf(String text) {
        return text.substring(text.indexOf('[') + 1, text.lastIndexOf(']'));
    }

    /** The payload's Base64 rewritten; what it says is the same. */
    private void base64(String why, UnaryOperator<String> written) {
        file(why, text -> {
            // One character more or less, so that there is padding to leave out.
            String payload = TestKey.payload(text).replace("\"by\"", "\"shown\":\"??>>\",\"by\"");
            payload = payload.replace("??>>", "??>>" + "x".repeat((3 - payload.length() % 3 + 1) % 3));
            String signature =
                    Base64.getEncoder().encodeToString(own.sign(Envelope.signedBytes(Envelope.IN_TOTO, payload)));
            return envelope(Envelope.IN_TOTO, written.apply(base64(payload)), "{\"sig\": \"" + signature + "\"}");
        });
    }

    private void forge() {
        signed(
                "it is a record of the tenant payments",
                said -> said.replace("\"tenant\":\"orders\"", "\"tenant\":\"payments\""));
        signed(
                "it belongs to approvals/dev/",
                said -> said.replace("\"environment\":\"test\"", "\"environment\":\"dev\""));
        signed("it belongs to", said -> said.replace(fingerprint, "a".repeat(64)));
        signed("no SHA-256", said -> said.replace(fingerprint, fingerprint.toUpperCase(java.util.Locale.ROOT) + "A"));
        signed("it belongs to", said -> said.replace("\"by\":\"@", "\"by\":\"@x"));
        signed("this is not an approval", said -> said.replace("record:approval:v1", "record:health:v1"));
        signed("this is not an approval", said -> said.replace("\"proof\":\"jenkins\"", "\"proof\":\"oracle\""));
        signed("about one subject", said -> said.replace("Statement/v1", "Statement/v2"));
        signed(
                "about one subject",
                said -> said.replace(
                        "\"subject\":[",
                        "\"subject\":[{\"name\":\"x\",\"digest\":{\"sha256\":\"" + fingerprint + "\"}},"));
        signed("it is not JSON", said -> said.replace("\"by\":", "\"by\":\"@somebody\",\"by\":"));
        signed(
                "it is not JSON",
                said -> said.replace("\"by\":", "\"more\":" + "[".repeat(100) + "]".repeat(100) + ",\"by\":"));
        signed("it is not JSON", said -> said + "{}");
        signed("has no 'at'", said -> said.replace("\"at\":", "\"when\":"));
        signed("is not a time", said -> said.replaceAll("\"at\":\"[^\"]*\"", "\"at\":\"soon\""));
        signed("has no 'by'", said -> said.replaceAll("\"by\":\"[^\"]*\"", "\"by\":[\"@f15\"]"));
        signed(
                "in the future",
                said -> said.replaceAll(
                        "\"at\":\"[^\"]*\"", "\"at\":\"" + Instant.now().plus(Duration.ofDays(10)) + "\""));
        signed(
                "none of the keys that platform.yaml lists for @f16",
                said -> said.replace("\"jenkins\"", "\"ssh_signature\""));
        file("its payload is application/json", text -> text.replace(Envelope.IN_TOTO, "application/json"));
        file(
                "signed by none of the keys",
                text -> envelope(
                        Envelope.IN_TOTO, base64(TestKey.payload(text).replace("@f18", "@f18 ")), signaturesOf(text)));
        file("signed by none of the keys", text -> {
            String foreign = mallory.sign(yes("@f19", Instant.now()).statement(ORDERS));
            // Theirs is valid, ours is of another record; and it bears our key's id.
            return foreign.replace(
                            mallory.ownKey().id(), TestKey.statements().ownKey().id())
                    .replaceFirst("\\]", "," + signaturesOf(genuine(yes("@other", Instant.now()))) + "]");
        });
        file("it is not signed", text -> envelope(Envelope.IN_TOTO, base64(TestKey.payload(text)), ""));
        file(
                "more than 20 signatures",
                text -> envelope(
                        Envelope.IN_TOTO,
                        base64(TestKey.payload(text)),
                        signaturesOf(text) + ("," + signaturesOf(text)).repeat(20)));
        file("it is not JSON", text -> text.replaceFirst("\\{", "{\"payload\": \"e30=\","));
        file("it is not JSON", text -> text + "{}");
        file("signed by none of the keys", text -> text.replaceAll("\"sig\" : \"(.)", "\"sig\" : \" $1"));
        base64("not text in Base64", payload -> payload.replace('+', '-').replace('/', '_'));
        base64("not text in Base64", payload -> payload.replaceFirst("(.{76})", "$1\\\\r\\\\n"));
        base64("not text in Base64", payload -> payload.replace("=", ""));
        signed("it is not JSON", said -> said.replace("\"by\":", "\"b\\u0079\":\"@somebody\",\"by\":"));
        signed("no 'sha256'", said -> said.replace("\"subject\":[{", "\"subject\":{\"a\":{")
                .replace("}],", "}},"));
        signed("no 'sha256'", said -> said.replace("\"sha256\"", "\"sha512\""));
        // Letters of another alphabet that look like these.
        signed("is not a name for a service", said -> said.replace("\"service\":\"api\"", "\"service\":\"\u0430pi\""));
        signed("it belongs to", said -> said.replace("\"by\":\"@f", "\"by\":\"@\u0192"));
        file("", text -> "");
        file("", text -> "\uFEFF" + text);
    }

    @Test
    void noneOfThemOpensTheGateAndEachIsTold() {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        mallory = new DsseStatements(new KeyFile(folder.resolve("mallory")));
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check");
        String path = Git.in(bare())
                .run("ls-tree", "-r", "--name-only", "imaas/records", "approvals/")
                .strip();
        fingerprint = path.split("/")[2];
        assertThat(promote().out()).contains(OPEN);
        forge();
        TestRecords.put(bare(), path, null);
        TestRecords.put(bare(), ORDERS, files);

        CommandLineRun closed = promote();
        assertThat(closed.exitCode()).isEqualTo(5);
        assertThat(closed.out()).contains("approval:").doesNotContain(OPEN);
        Map<String, String> told = new LinkedHashMap<>();
        TestKey.records("orders").unbelieved(files, Instant.now()).forEach(one -> told.put(one.path(), one.why()));
        assertThat(reasons)
                .allSatisfy(
                        (where, why) -> assertThat(told.get(where)).as(where).contains(why));
        assertThat(run("status").out())
                .contains("counts for nothing", files.size() - 20 + " more records count for nothing");
        assertThat(CommandLineRun.of(
                                "doctor",
                                "--platform",
                                folder.resolve("platform").toString())
                        .out())
                .contains(files.size() + " files on the branch imaas/records count for nothing");
        TestRecords.put(bare(), yes("@f", Instant.now()).path(), genuine(yes("@f", Instant.now())));
        assertThat(promote().out()).as("what they were made of").contains(OPEN);
    }

    /** A link, a repository, a name that changes a terminal, and the records of another tenant, whose seal is good there. */
    @Test
    void whatIsPushedBesideTheSealCountsForNothingWhateverItIs() {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check", "--refuse", "not on a Friday");
        Path other = folder.resolve("payments-gitops.git");
        Person.repository(other);
        TestRecords.put(
                other,
                new TenantName("payments"),
                Map.of(HEALTH, TestKey.records("orders").sign(health().statement(ORDERS))));
        Git work = Git.in(clone(folder, "dev"));
        work.run("fetch", "-q", "origin", "imaas/records");
        String tip = work.run("rev-parse", "FETCH_HEAD").strip();
        work.run("fetch", "-q", other.toString(), "imaas/records");
        String foreign = work.run("rev-parse", "FETCH_HEAD").strip();
        work.run("read-tree", tip);
        String blob = work.run("rev-parse", tip + ":" + HEALTH).strip();
        work.run("update-index", "--add", "--cacheinfo", "120000," + blob + ",approvals/test/link.json");
        work.run("update-index", "--add", "--cacheinfo", "160000," + tip + ",approvals/test/repository.json");
        work.run("update-index", "--add", "--cacheinfo", "100644," + blob + ",approvals/test/\u001b[2Jred.json");
        String tree = work.run("write-tree").strip();
        String[] mallory = {"-c", "user.name=mallory", "-c", "user.email=m@example.org", "commit-tree", "-m", "records"
        };
        String merge = work.run(with(mallory, "-p", foreign, "-p", tip, tree)).strip();
        work.run("push", "-q", "-f", "origin", merge + ":refs/heads/imaas/records");

        assertThat(promote().out()).contains("refused it", "not on a Friday");
        assertThat(run("status").out())
                .contains("approvals/test/link.json", "approvals/test/repository.json", "red.json")
                .contains("it was pushed by a commit that no orchestrator sealed")
                .doesNotContain("\u001b[2J");
    }
}
