package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.rabbit.Broker;
import io.imaas.adapter.rabbit.NeedsBroker;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.server.Sender;
import io.imaas.step.record.HealthLedger;
import io.imaas.testing.Await;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.RealServer;
import io.imaas.testing.TestKey;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several {@code imaas serve} at one broker, killed again and again while tenants promote. */
@ExtendWith(NeedsBroker.class)
class ReplicasTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final ServiceName API = new ServiceName("api");

    @TempDir
    Path folder;

    private final Broker broker = Broker.ofServers();
    private final List<ServeProcess> servers = new ArrayList<>();
    private final Set<String> sent = new HashSet<>();
    private LoopbackRegistry registry;
    private GitRepositories repositories;
    private int started;

    @BeforeEach
    void world() {
        broker.clean();
        registry = LoopbackRegistry.start(folder.resolve("images"), 0);
        repositories = new GitRepositories(TestKey.signed(GitSettings.of(
                folder.resolve("own-cache"), GitAccess.anonymous(), new ManualClock("2026-11-20T10:00:00Z"))));
        repository("platform");
    }

    @AfterEach
    void end() throws InterruptedException {
        for (ServeProcess server : servers) {
            server.kill();
        }
        repositories.close();
        registry.close();
        broker.close();
    }

    private void repository(String name) {
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", name + ".git");
        Git.in(folder).run("clone", "-q", url(name), name);
        Git.in(folder.resolve(name)).run("config", "user.name", "ann");
        Git.in(folder.resolve(name)).run("config", "user.email", "ann@example.org");
    }

    private String url(String name) {
        return "file://" + folder.resolve(name + ".git");
    }

    private String push(String repository, String branch, String file, String text) {
        try {
            Git git = Git.in(folder.resolve(repository));
            Path path = folder.resolve(repository).resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            git.run("add", "-A");
            git.run("commit", "-q", "-m", "Change " + file);
            git.run("push", "-q", "origin", "HEAD:" + branch);
            return git.run("rev-parse", "HEAD").strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tenants(int count) {
        push("platform", "main", "platform.yaml", "platform: acme\nregistries: [" + registry.address() + "/imaas]\n");
        for (int i = 0; i < count; i++) {
            repository("gitops-" + i);
            repository("sources-" + i);
            push(
                    "platform",
                    "main",
                    "tenants/t" + i + ".yaml",
                    "tenant: t" + i + "\nowners: ['@acme/leads']\ncontact: a@example.org\ngitops: " + url("gitops-" + i)
                            + "\nquota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}, {name: test}]"
                            + "\nservices:\n  - {name: api, type: gateway, repository: '" + url("sources-" + i)
                            + "'}\n");
        }
    }

    private void start() throws IOException {
        servers.add(ServeProcess.start(
                folder.resolve("server-" + started++),
                "serve",
                "--platform",
                url("platform"),
                "--key",
                TestKey.file().toString(),
                "--react",
                "promotion",
                "--events",
                broker.address()));
    }

    /** To any server that takes it, as a proxy in front of them does; again when the answer got lost. */
    private void hook(String id, String repository, String branch) {
        sent.add("github-" + id);
        Await.until(() -> {
            try {
                Sender sender = servers.get(ThreadLocalRandom.current().nextInt(servers.size()))
                        .sender();
                return sender.gitHub(id, Sender.push(url(repository), branch)).statusCode() == 202;
            } catch (UncheckedIOException killed) {
                return false;
            }
        });
    }

    /** Merged by a person, built and healthy in dev: the promotion to test is the servers' work. */
    private void merge(int tenant, int round) {
        String version = "1." + round + ".0";
        String source = push("sources-" + tenant, "test", "api.xml", "<api version='" + version + "'/>");
        String tree = Git.in(folder.resolve("sources-" + tenant))
                .run("rev-parse", "HEAD^{tree}")
                .strip();
        ImageRef image =
                new TinyImages(ImageRepository.parse(registry.address() + "/imaas/t" + tenant + "/api")).push(version);
        CommitId release = new CommitId(push(
                "gitops-" + tenant,
                "dev",
                "services/api/release.yaml",
                "image:\n  repository: " + image.repository() + "\n  digest: " + image.digest() + "\n  tag: " + version
                        + "\nversion: " + version + "\nsource:\n  commit: " + source + "\n  tree: " + tree + "\n"));
        new HealthLedger(repositories.at(new RepositoryUrl(url("gitops-" + tenant))), TestKey.records("t" + tenant))
                .record(new HealthRecord(
                        API,
                        DEV,
                        image.digest(),
                        HealthRecord.Status.HEALTHY,
                        release,
                        Instant.parse("2026-11-20T10:00:00Z"),
                        "seen"));
        hook("t" + tenant + "-" + round, "sources-" + tenant, "test");
    }

    /** The version that a revision has; empty when there is none. */
    private String version(int tenant, String revision) {
        Git gitops = Git.in(folder.resolve("gitops-" + tenant + ".git"));
        return gitops.run("show", revision + ":services/api/release.yaml")
                .lines()
                .filter(line -> line.startsWith("version: "))
                .findFirst()
                .orElse("")
                .replaceAll("version: |['\"]", "");
    }

    /** What test runs of a tenant. */
    private String runs(int tenant) {
        return Git.in(folder.resolve("gitops-" + tenant + ".git"))
                        .run("branch", "--list", "test")
                        .isBlank()
                ? ""
                : version(tenant, "test");
    }

    /** What was promoted to test, the first at first. */
    private List<String> promoted(int tenant) {
        return Git.in(folder.resolve("gitops-" + tenant + ".git"))
                .run("log", "--reverse", "--format=%H", "test", "--", "services/api/release.yaml")
                .lines()
                .map(commit -> version(tenant, commit))
                .toList();
    }

    /** Kills one of those that live, and starts another. */
    private void replaceOne() throws Exception {
        servers.remove(ThreadLocalRandom.current().nextInt(servers.size())).kill();
        start();
    }

    private void promote(int tenants, int rounds, int replicas, int every) throws Exception {
        tenants(tenants);
        for (int i = 0; i < replicas; i++) {
            start();
        }
        long begun = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            for (int tenant = 0; tenant < tenants; tenant++) {
                merge(tenant, round);
            }
            if (round % every == 0) {
                replaceOne();
            }
            String version = "1." + round + ".0";
            for (int tenant = 0; tenant < tenants; tenant++) {
                int of = tenant;
                Await.until(() -> runs(of).equals(version));
            }
        }
        System.out.printf(
                "%d promotions by %d servers, %d of them killed, in %.0f s%n",
                tenants * rounds, replicas, (rounds + every - 1) / every, (System.nanoTime() - begun) / 1e9);
        List<String> all = IntStream.range(0, rounds)
                .mapToObj(round -> "1." + round + ".0")
                .toList();
        for (int tenant = 0; tenant < tenants; tenant++) {
            assertThat(promoted(tenant)).containsExactlyElementsOf(all);
        }
        assertThat(hooksKept()).containsExactlyInAnyOrderElementsOf(sent);
    }

    private List<String> hooksKept() {
        try (var log = broker.log()) {
            return log.after(0, 100_000).stream()
                    .map(stored -> stored.event().id())
                    .filter(id -> id.startsWith("github-"))
                    .toList();
        }
    }

    @Test
    void whatAKilledServerLeftIsDoneByTheOthersOnceAndInOrder() throws Exception {
        promote(2, 2, 2, 2);
    }

    @Test
    @Tag("real")
    void manyPromotionsSurviveTheDeathOfTheirServers() throws Exception {
        promote(10, Integer.parseInt(RealServer.variable("IMAAS_REAL_PROMOTIONS")) / 10, 3, 3);
    }
}
