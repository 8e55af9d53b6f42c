package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.model.tenancy.TenantName;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import io.imaas.testing.TestRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a developer who may push to the branch of records can make the gates believe: nothing. */
class ForgedRecordsTest extends PlatformWorld {
    @Test
    void aPlainPushOfHealthAndApprovalOpensNoGateAndIsListed() throws IOException {
        push(
                "imaas/records",
                HEALTH.replace(".json", ".yaml"),
                "status: \"healthy\"\ncommit: \"" + "c".repeat(40)
                        + "\"\nsince: \"2026-01-01T00:00:00Z\"\nevidence: \"looks fine to me\"\n");
        push("imaas/records", HEALTH, "{\"status\": \"healthy\"}");
        push("imaas/records", "approvals/test/x.yaml", "by: \"@ciso\"\nas: \"@acme/leads\"\nat: \"yesterday\"\n");

        CommandLineRun run = promote();
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out()).contains("order:", "not yet seen healthy", "approval:");
        assertThat(run("status").out())
                .contains("the record " + HEALTH + " counts for nothing")
                .contains("approvals/test/x.yaml");
        CommandLineRun doctor = CommandLineRun.of(
                "doctor", "--platform", folder.resolve("platform").toString());
        assertThat(doctor.out())
                .contains("3 files on the branch imaas/records count for nothing")
                .contains(HEALTH.replace(".json", ".yaml"), HEALTH, "approvals/test/x.yaml");
    }

    @Test
    void aRecordSignedByADevelopersOwnKeyCountsForNothing() throws IOException {
        DsseStatements mallory = new DsseStatements(new KeyFile(folder.resolve("mallory")));
        push("imaas/records", HEALTH, mallory.sign(health().statement(new TenantName("orders"))));

        assertThat(promote().out())
                .contains("not yet seen healthy in dev; the record " + HEALTH + " counts for nothing");
        assertThat(run("status").out()).contains("it was pushed by a commit that no orchestrator sealed");
    }

    @Test
    void theSameRecordByTheOrchestratorOpensTheGate() throws IOException {
        TestRecords.put(
                folder.resolve("orders-gitops.git"),
                HEALTH,
                TestKey.records("orders").sign(health()));

        assertThat(promote().out()).contains("healthy in dev since 2026-01-01").doesNotContain("not yet seen");
        assertThat(run("status").out()).doesNotContain("counts for nothing");
    }

    @Test
    void keysThatThePlatformListsAreTheOnlyOnesThatCount() throws IOException {
        DsseStatements other = new DsseStatements(new KeyFile(folder.resolve("ci")));
        String signed = TestKey.records(other, "orders").sign(health().statement(new TenantName("orders")));
        String platform = Files.readString(folder.resolve("platform/platform.yaml"));
        TestRecords.put(bare(), HEALTH, signed, other, new ManualClock("2026-01-01T00:00:00Z"));

        list(platform, other, "");
        assertThat(promote().out()).contains("healthy in dev since 2026-01-01");
        list(platform, other, ", validTo: \"2026-01-01T00:00:01Z\"");
        assertThat(promote().out()).contains("healthy in dev since 2026-01-01");
        list(platform, other, ", validTo: \"2025-01-01T00:00:00+01:00\"");
        assertThat(promote().out()).contains("not yet seen healthy");
        CommandLineRun approval = run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check");
        assertThat(approval.exitCode()).isEqualTo(3);
        assertThat(approval.err()).contains("nobody would believe this record");
        // The border belongs to the key that begins there.
        list(platform, other, ", validFrom: \"2026-01-01T00:00:00Z\"");
        assertThat(promote().out()).contains("healthy in dev since 2026-01-01");
        for (String border :
                List.of(", validTo: \"2026-01-01T00:00:00Z\"", ", validFrom: \"2026-01-01T00:00:00.000001Z\"")) {
            list(platform, other, border);
            assertThat(promote().out()).as(border).contains("not yet seen healthy");
        }
        list(platform, other, ", validFrom: \"2026-01-01T00:00:00Z\", validTo: \"2026-01-01T01:00:00+01:00\"");
        assertThat(promote().err()).contains("the key counts at no time");
        list(platform, other, ", validTo: tomorrow");
        assertThat(promote().err()).contains("'tomorrow' is not a moment");
    }

    @Test
    void whoTakesAKeyOffTheListIsToldOnceWhatBecomesOfAllThatItSigned() throws IOException {
        DsseStatements other = new DsseStatements(new KeyFile(folder.resolve("ci")));
        String platform = Files.readString(folder.resolve("platform/platform.yaml"));
        for (char digit : "abcd".toCharArray()) {
            String path =
                    HEALTH.replaceFirst("[0-9a-f]{64}", String.valueOf(digit).repeat(64));
            String signed = TestKey.records(other, "orders").sign(health().statement(new TenantName("orders")));
            TestRecords.put(bare(), path, signed, other, new ManualClock("2026-01-01T00:00:00Z"));
        }
        list(platform, TestKey.statements(), "");
        assertThat(run("status").out())
                .contains("4 records count for nothing, each for the same reason", "must stay in 'orchestrators'");

        list(platform, TestKey.statements(), ", validTo: \"2025-01-01T00:00:00Z\"");
        assertThat(run("status").out())
                .contains("by platform.yaml its key counts until 2025-01-01T00:00:00Z; sign with another one");
    }

    private void list(String platform, DsseStatements keys, String validity) throws IOException {
        String key = keys.key().orElseThrow().text();
        write(
                "platform/platform.yaml",
                platform + "orchestrators: [{name: ci, key: \"" + key + "\"" + validity + "}]\n");
    }

    @Test
    void theKeyCommandSaysWhatToList() {
        assertThat(CommandLineRun.of("key").out())
                .contains(
                        "orchestrators:",
                        "key: \"ecdsa-sha2-nistp256 ",
                        TestKey.file().toString());
    }

    @Test
    void whoMayPushCanTakeNoRefusalAway() throws IOException {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check");
        String yes = Git.in(bare()).run("rev-parse", "imaas/records").strip();
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check", "--refuse", "not on a Friday");
        String no = Git.in(bare()).run("rev-parse", "imaas/records").strip();
        Git work = Git.in(clone(folder, "dev"));
        work.run("fetch", "-q", "origin");
        String[] mallory = {"-c", "user.name=mallory", "-c", "user.email=m@example.org", "commit-tree"};

        // The yes of a moment ago, put back as it was, signature and all; the tip stays an ancestor.
        for (String[] parents : new String[][] {{"-p", no}, {"-p", yes, "-p", no}}) {
            String back = work.run(with(mallory, with(parents, "-m", "as before", yes + "^{tree}")))
                    .strip();
            work.run("push", "-q", "-f", "origin", back + ":refs/heads/imaas/records");
            assertThat(promote().out()).contains("refused it", "not on a Friday");
            assertThat(run("status").out()).contains("it was changed by a commit that no orchestrator sealed");
            assertThat(run("doctor").out()
                            + CommandLineRun.of(
                                            "doctor",
                                            "--platform",
                                            folder.resolve("platform").toString())
                                    .out())
                    .contains("it was changed by a commit that no orchestrator sealed");
        }
        // What an orchestrator writes next takes it back.
        TestRecords.put(bare(), "health/dev/other/" + DIGEST.hex() + ".json", "{}");
        assertThat(Git.in(bare()).run("ls-tree", "-r", "imaas/records:approvals"))
                .isEqualTo(Git.in(bare()).run("ls-tree", "-r", no + ":approvals"));
        assertThat(run("status").out()).doesNotContain("no orchestrator sealed");
    }

    @Test
    void aBranchThatWasPutBackIsFoundAndTheCommandThatIsToldPutsItOnAgain() throws Exception {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check");
        String yes = Git.in(bare()).run("rev-parse", "imaas/records").strip();
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check", "--refuse", "not on a Friday");
        Git.in(bare()).run("update-ref", "refs/heads/imaas/records", yes);

        CommandLineRun run = promote();
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out()).contains("not yet seen healthy", "was put back", "approval:");
        String told = run("status").out();
        assertThat(told).contains("was put back");
        assertThat(run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check")
                        .exitCode())
                .isEqualTo(5);
        String command = told.lines()
                .filter(line -> line.contains("git --git-dir"))
                .map(line -> line.substring(line.indexOf("git --git-dir")))
                .findFirst()
                .orElseThrow();
        Process bash = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("imaas/records");
        assertThat(bash.waitFor()).isZero();
        assertThat(promote().out()).contains("not on a Friday");
        assertThat(run("status").out()).doesNotContain("was put back");
    }
}
