package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.image.Digest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.testing.Person;
import io.imaas.testing.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A platform with one tenant and a release in dev, and whoever may push to the GitOps repository. */
abstract class PlatformWorld {
    static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    static final String HEALTH = GitOpsPaths.health(new ServiceName("api"), new EnvironmentName("dev"), DIGEST);

    @TempDir
    Path folder;

    @BeforeEach
    void world() throws IOException {
        begin(folder);
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

    /** A platform and a GitOps repository in which nothing was released. */
    static void begin(Path folder) throws IOException {
        Person.repository(folder.resolve("orders-gitops.git"));
        Texts.write(
                folder,
                "platform/platform.yaml",
                """
                platform: acme
                registries: [registry.example.org/acme]
                policy: {images: {check: optional}}
                defaults: {replicas: 1, quota: {cpu: 8, memory: 16Gi, pods: 20}}
                """);
        Texts.write(
                folder,
                "platform/tenants/orders.yaml",
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: a@example.org\ngitops: "
                        + folder.resolve("orders-gitops.git").toUri() + "\nenvironments: [{name: dev}, {name: test,"
                        + " approvers: [\"@acme/leads\"]}]\nservices: [{name: api, type: worker, repository:"
                        + " \"https://git.example.org/api.git\"}]\n");
        push(folder, "dev", "services/api/values.yaml", "replicas: 1\n");
        push(folder, "test", "services/api/values.yaml", "replicas: 1\n");
    }

    void write(String path, String text) throws IOException {
        Texts.write(folder, path, text);
    }

    void push(String branch, String path, String text) {
        push(folder, branch, path, text);
    }

    static void push(Path folder, String branch, String path, String text) {
        Person mallory = new Person("mallory", clone(folder, branch));
        if (!Files.exists(mallory.folder())) {
            mallory.clones(folder.resolve("orders-gitops.git").toString());
        }
        if (Person.has(folder.resolve("orders-gitops.git"), branch)) {
            mallory.follow(branch);
        }
        mallory.push(branch, "records", Map.of(path, text));
    }

    /** A clone for each branch: none of them has anything of another. */
    static Path clone(Path folder, String branch) {
        return folder.resolve("clones").resolve(branch);
    }

    CommandLineRun run(String command, String... more) {
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

    CommandLineRun promote() {
        return run("promote", "api", "dev", "test", "--no-image-check", "--dry-run");
    }

    static HealthRecord health() {
        return new HealthRecord(
                new ServiceName("api"),
                new EnvironmentName("dev"),
                DIGEST,
                HealthRecord.Status.HEALTHY,
                new CommitId("c".repeat(40)),
                Instant.parse("2026-01-01T00:00:00Z"),
                "looks fine to me");
    }

    Path bare() {
        return folder.resolve("orders-gitops.git");
    }

    static String[] with(String[] all, String... more) {
        String[] joined = java.util.Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, joined, all.length, more.length);
        return joined;
    }
}
