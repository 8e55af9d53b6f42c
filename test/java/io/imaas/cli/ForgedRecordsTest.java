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
import io.imaas.testing.TestKey;
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

        assertThat(promote().out()).contains("not yet seen healthy");
        assertThat(run("status").out()).contains("signed by none of the keys");
    }

    @Test
    void theSameRecordByTheOrchestratorOpensTheGate() throws IOException {
        push("imaas/records", HEALTH, TestKey.records("orders").sign(health()));

        assertThat(promote().out()).contains("healthy in dev since 2026-01-01").doesNotContain("not yet seen");
        assertThat(run("status").out()).doesNotContain("counts for nothing");
    }

    @Test
    void keysThatThePlatformListsAreTheOnlyOnesThatCount() throws IOException {
        DsseStatements other = new DsseStatements(new KeyFile(folder.resolve("ci")));
        String signed = other.sign(health().statement(new TenantName("orders")));
        String platform = Files.readString(folder.resolve("platform/platform.yaml"));
        push("imaas/records", HEALTH, signed);

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
        push("imaas/records", HEALTH, TestKey.records("orders").sign(health()));
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
    }

    private static String[] with(String[] all, String... more) {
        String[] joined = java.util.Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, joined, all.length, more.length);
        return joined;
    }
}
