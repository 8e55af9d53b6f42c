package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.model.image.Digest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import io.imaas.testing.TestRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a developer who may push to the branch of records can make the gates believe: nothing. */
class ForgedRecordsTest {
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    private static final String HEALTH = GitOpsPaths.health(new ServiceName("api"), new EnvironmentName("dev"), DIGEST);

    @TempDir
    Path folder;

    @BeforeEach
    void world() throws IOException {
        CommandLineRun.bareRepository(folder);
        write(
                "platform/platform.yaml",
                """
                platform: acme
                registries: [registry.example.org/acme]
                policy: {images: {check: optional}}
                defaults: {replicas: 1, quota: {cpu: 8, memory: 16Gi, pods: 20}}
                """);
        write(
                "platform/tenants/orders.yaml",
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: a@example.org\ngitops: "
                        + folder.resolve("orders-gitops.git").toUri() + "\nenvironments: [{name: dev}, {name: test,"
                        + " approvers: [\"@acme/leads\"]}]\nservices: [{name: api, type: worker, repository:"
                        + " \"https://git.example.org/api.git\"}]\n");
        Git.in(folder).run("clone", "-q", "orders-gitops.git", "work");
        push("dev", "services/api/values.yaml", "replicas: 1\n");
        push("test", "services/api/values.yaml", "replicas: 1\n");
        assertThat(CommandLineRun.onGitOps(
                                folder,
                                "release",
                                "api",
                                "dev",
                                "--image",
                                "registry.example.org/acme/orders/api@" + DIGEST)
                        .exitCode())
                .isZero();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void push(String branch, String path, String text) throws IOException {
        Git work = Git.in(folder.resolve("work"));
        work.run("fetch", "-q", "origin");
        boolean there = !work.run("ls-remote", "origin", "refs/heads/" + branch).isBlank();
        if (there) {
            work.run("checkout", "-q", "-B", branch, "origin/" + branch);
        } else {
            work.run("checkout", "-q", "--orphan", branch);
            work.run("rm", "-rqf", "--ignore-unmatch", ".");
        }
        write("work/" + path, text);
        work.run("add", "-A");
        work.run("-c", "user.name=mallory", "-c", "user.email=m@example.org", "commit", "-qm", "records");
        work.run("push", "-q", "origin", branch);
    }

    private CommandLineRun run(String command, String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(more, 0, all, 0, more.length);
        System.arraycopy(
                new String[] {"--platform", folder.resolve("platform").toString(), "--tenant", "orders"},
                0,
                all,
                more.length,
                4);
        return CommandLineRun.onGitOps(folder, command, all);
    }

    private CommandLineRun promote() {
        return run("promote", "api", "dev", "test", "--no-image-check", "--dry-run");
    }

    private static HealthRecord health() {
        return new HealthRecord(
                new ServiceName("api"),
                new EnvironmentName("dev"),
                DIGEST,
                HealthRecord.Status.HEALTHY,
                new CommitId("c".repeat(40)),
                Instant.parse("2026-01-01T00:00:00Z"),
                "looks fine to me");
    }

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
        String signed = other.sign(health().statement(new TenantName("orders")));
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
        list(platform, other, ", validTo: tomorrow");
        assertThat(promote().err()).contains("'tomorrow' is no moment");
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
    void aNoKeepsItAwayUntilItIsWithdrawnAndEachWordIsOnePersons() throws IOException {
        TestRecords.put(
                folder.resolve("orders-gitops.git"),
                HEALTH,
                TestKey.records("orders").sign(health()));
        String[] approve = {"api", "test", "--as", "@acme/leads", "--no-image-check"};

        assertThat(run("approve", with(approve, "--refuse", "not on a Friday")).exitCode())
                .isZero();
        assertThat(promote().out()).contains("@ann as @acme/leads refused it", "not on a Friday", "--withdraw");
        assertThat(run("approve", with(approve, "--withdraw")).exitCode()).isZero();
        assertThat(promote().out()).contains("none of @acme/leads approved this content");
        assertThat(run("approve", approve).exitCode()).isZero();
        assertThat(promote().out()).contains("approved by @ann as @acme/leads", "(self-asserted)");
        assertThat(promote().exitCode()).isZero();
        assertThat(run("approve", with(approve, "--refuse", "x", "--withdraw")).exitCode())
                .isEqualTo(2);
        assertThat(Git.in(folder.resolve("orders-gitops.git")).run("ls-tree", "-r", "--name-only", "imaas/records"))
                .containsPattern("approvals/test/[0-9a-f]{64}/ann.json");
        assertThat(shownToAnn()).contains("\"shown\":\"Promote api", "created Deployment ");
    }

    private String shownToAnn() throws IOException {
        Git records = Git.in(bare());
        String path = records.run("ls-tree", "-r", "--name-only", "imaas/records", "approvals/test")
                .lines()
                .filter(line -> line.endsWith("/ann.json"))
                .findFirst()
                .orElseThrow();
        return TestKey.payload(records.run("show", "imaas/records:" + path));
    }

    @Test
    void whoMayPushCanTakeNoRefusalAway() throws IOException {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check");
        String yes = Git.in(bare()).run("rev-parse", "imaas/records").strip();
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check", "--refuse", "not on a Friday");
        String no = Git.in(bare()).run("rev-parse", "imaas/records").strip();
        Git work = Git.in(folder.resolve("work"));
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

    @Test
    void aRollbackVoidsWhatWasAgreedTo() throws IOException {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check");
        assertThat(run("promote", "api", "dev", "test", "--no-image-check").exitCode())
                .isZero();
        String other = "registry.example.org/acme/orders/api@sha256:" + "b".repeat(64);
        run("release", "api", "dev", "--image", other, "--no-image-check");
        run("promote", "api", "dev", "test", "--no-image-check", "--assume-healthy");
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check");
        run("promote", "api", "dev", "test", "--no-image-check", "--assume-healthy");

        assertThat(run("rollback", "api", "test", "--reason", "errors").exitCode())
                .isZero();
        assertThat(run("resume", "api", "test").exitCode()).isZero();
        CommandLineRun again =
                run("promote", "api", "dev", "test", "--no-image-check", "--assume-healthy", "--dry-run");
        assertThat(again.exitCode()).isEqualTo(5);
        assertThat(again.out()).contains("the yes of @ann counts no more: rolled back by @ann, errors");
    }

    @Test
    void aPersonsSshSignatureProvesWhoAgreedAndAliasesMakeOnePersonOfSeveralNames() throws Exception {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        keys("ann", "bob", "mallory");
        String key = Files.readString(folder.resolve("id_ann.pub")).strip();
        write(
                "platform/platform.yaml",
                Files.readString(folder.resolve("platform/platform.yaml"))
                                .replace("optional}", "optional}, approvals: {provenOnly: true, requesterMayNot: true}")
                        + "people: [{name: \"@ann\", aliases: [Ann Berger], teams: [\"@acme/leads\"], keys: [\"" + key
                        + "\"]}, {name: \"@bob\", keys: [\""
                        + Files.readString(folder.resolve("id_bob.pub")).strip() + "\"]}]\n");
        String[] approve = {"api", "test", "--as", "@acme/leads", "--no-image-check"};

        CommandLineRun unproven = run("approve", approve);
        assertThat(unproven.exitCode()).isEqualTo(5);
        CommandLineRun forged = run(
                "approve",
                with(approve, "--ssh-key", folder.resolve("id_mallory").toString()));
        assertThat(forged.exitCode()).isEqualTo(3);
        assertThat(forged.out() + forged.err()).contains("none of the keys that platform.yaml lists for @ann");
        assertThat(run(
                                "approve",
                                with(
                                        approve,
                                        "--ssh-key",
                                        folder.resolve("nowhere").toString()))
                        .exitCode())
                .isEqualTo(3);
        assertThat(run(
                                "approve",
                                with(
                                        approve,
                                        "--ssh-key",
                                        folder.resolve("id_ann").toString()))
                        .exitCode())
                .isZero();

        assertThat(promoteAs("Ann Berger").out()).contains("@ann asks for it and may not approve it");
        assertThat(promoteAs("@bob").out()).contains("that @bob asks for it is not proven, so it may be @ann");
        CommandLineRun lie =
                promoteAs("@bob", "--ssh-key", folder.resolve("id_ann").toString());
        assertThat(lie.exitCode()).isEqualTo(5);
        assertThat(lie.err()).contains("none of the keys that platform.yaml lists for @bob");
        String[] signed = {"--ssh-key", folder.resolve("id_bob").toString()};
        CommandLineRun bob = promoteAs("@bob", signed);
        assertThat(bob.out()).contains("approved by @ann as @acme/leads", "(ssh signature)");
        assertThat(bob.exitCode()).isZero();
        // The evidence has the keys of those who signed, and of nobody else.
        assertThat(run("promote", "api", "dev", "test", "--no-image-check").exitCode())
                .isEqualTo(5);
        as("bob", "promote", "api", "dev", "test");
        Path file = folder.resolve("evidence.json");
        CommandLineRun evidence = run("evidence", "--service", "api", "--env", "test", "-o", file.toString());
        assertThat(evidence.exitCode()).as(evidence.out() + evidence.err()).isZero();
        assertThat(evidence.out()).contains("approved by @ann as @acme/leads", "(ssh signature)");
        assertThat(CommandLineRun.of("evidence", "verify", file.toString()).exitCode())
                .isZero();
    }

    private void keys(String... names) throws Exception {
        for (String name : names) {
            String file = folder.resolve("id_" + name).toString();
            new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file)
                    .start()
                    .waitFor();
        }
    }

    private CommandLineRun as(String who, String... command) {
        return CommandLineRun.of(with(
                with(command, "--no-image-check", "--actor", "@" + who, "--ssh-key"),
                folder.resolve("id_" + who).toString(),
                "--tenant",
                "orders",
                "--platform",
                folder.resolve("platform").toString(),
                "--cache",
                folder.resolve("cache").toString()));
    }

    @Test
    void gatesArePassedByForceByAProvenPersonAndASecondOneConfirmsItOrTheEnvironmentIsFlagged() throws Exception {
        TestRecords.put(bare(), HEALTH, TestKey.records("orders").sign(health()));
        keys("ann", "bob", "eve");
        StringBuilder people = new StringBuilder("people:\n");
        for (String name : new String[] {"ann", "bob", "eve"}) {
            people.append("  - {name: \"@")
                    .append(name)
                    .append("\", aliases: [\"")
                    .append(name)
                    .append(" B.\"]");
            people.append(name.equals("bob") ? ", teams: [\"@acme/ops\"]" : "").append(", keys: [\"");
            people.append(Files.readString(folder.resolve("id_" + name + ".pub"))
                            .strip())
                    .append("\"]}\n");
        }
        write(
                "platform/platform.yaml",
                Files.readString(folder.resolve("platform/platform.yaml"))
                                .replace("optional}", "optional}, overriders: [\"@ann\", \"@acme/ops\"]")
                        + people);
        String[] force = {"promote", "api", "dev", "test", "--override", "INC-7: customers can't order"};
        String[] confirm = {"approve", "api", "test", "--confirm-override"};

        CommandLineRun unproven = run("promote", "api", "dev", "test", "--override", "INC-7", "--no-image-check");
        assertThat(unproven.exitCode()).isEqualTo(5);
        assertThat(unproven.err()).contains("may not override gates: who that is was not proven");
        CommandLineRun eve = as("eve", with(force, "--role", "@acme/ops"));
        assertThat(eve.exitCode()).isEqualTo(5);
        assertThat(eve.err()).contains("@eve may not override gates");
        assertThat(as("bob", confirm).err()).contains("waits to be confirmed");

        CommandLineRun forced = as("ann", force);
        assertThat(forced.exitCode()).as(forced.out() + forced.err()).isZero();
        assertThat(Git.in(bare()).run("log", "-1", "--format=%B", "test"))
                .contains("Imaas-Override: approval: INC-7", "Imaas-Override-Record: overrides/test/");
        assertThat(run("status").out())
                .contains("api in test: passed by force by @ann as @ann", "to be confirmed by a second person until");
        assertThat(run("inbox").out()).contains("override", "imaas approve api test --confirm-override");

        assertThat(as("ann", confirm).err()).contains("@ann passed the gates of api by force, and can't confirm that");
        assertThat(as("eve", confirm).err()).contains("@eve may not confirm overrides");
        platform("overriders:", "confirmOverrides: 1s, overriders:");
        Instant patience = Instant.now().plusSeconds(60);
        String flagged = run("status").out();
        while (!flagged.contains("OVERRIDE NOT CONFIRMED") && Instant.now().isBefore(patience)) {
            flagged = run("status").out();
        }
        assertThat(flagged).contains("override not confirmed");
        assertThat(run("history", "api").out())
                .contains("override: OVERRIDE NOT CONFIRMED: no second person did until");
        Path file = folder.resolve("evidence.json");
        assertThat(run("evidence", "--service", "api", "--env", "test", "-o", file.toString())
                        .out())
                .contains("OVERRIDE NOT CONFIRMED");

        CommandLineRun bob = as("bob", confirm);
        assertThat(bob.exitCode()).as(bob.out() + bob.err()).isZero();
        assertThat(run("history", "api").out())
                .contains(
                        "forced: approval: INC-7", "override: override confirmed by @bob as @acme/ops", ", LATE: due");
        assertThat(run("status").out()).doesNotContain("by force", "override");
        CommandLineRun evidence = run("evidence", "--service", "api", "--env", "test", "-o", file.toString());
        assertThat(evidence.out()).contains("passed by force by @ann", "override confirmed by @bob");
        assertThat(CommandLineRun.of("evidence", "verify", file.toString()).exitCode())
                .isZero();
    }

    private void platform(String old, String now) throws IOException {
        Path file = folder.resolve("platform/platform.yaml");
        Files.writeString(file, Files.readString(file).replace(old, now));
    }

    private CommandLineRun promoteAs(String actor, String... more) {
        return CommandLineRun.of(with(
                with(new String[] {"promote", "api", "dev", "test", "--no-image-check", "--dry-run"}, more),
                "--actor",
                actor,
                "--tenant",
                "orders",
                "--platform",
                folder.resolve("platform").toString(),
                "--cache",
                folder.resolve("cache").toString()));
    }

    private Path bare() {
        return folder.resolve("orders-gitops.git");
    }

    private static String[] with(String[] all, String... more) {
        String[] joined = java.util.Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, joined, all.length, more.length);
        return joined;
    }
}
