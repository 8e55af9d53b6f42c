package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.server.Sender;
import io.imaas.testing.Await;
import io.imaas.testing.Git;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant's life with nothing but {@code imaas serve}, which is killed again and again. */
class ServeReactionsTest {
    private static final int KILLS = 2;

    @TempDir
    Path folder;

    private LoopbackRegistry registry;
    private ServeProcess server;
    private int sent;

    @BeforeEach
    void world() throws IOException {
        registry = LoopbackRegistry.start(folder.resolve("images"), 0);
        for (String name : List.of("platform", "gitops", "sources")) {
            Git.in(folder).run("init", "-q", "--bare", "-b", "main", name + ".git");
            Git.in(folder).run("clone", "-q", url(name), name);
            Git.in(folder.resolve(name)).run("config", "user.name", "ann");
            Git.in(folder.resolve(name)).run("config", "user.email", "ann@example.org");
        }
        push("platform", "main", "platform.yaml", "platform: acme\nregistries: [" + registry.address() + "/imaas]\n");
    }

    private String url(String name) {
        return "file://" + folder.resolve(name + ".git");
    }

    private String push(String repository, String branch, String file, String text) throws IOException {
        Git git = Git.in(folder.resolve(repository));
        Path path = folder.resolve(repository).resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        git.run("add", "-A");
        git.run("commit", "-q", "-m", "Change " + file);
        git.run("push", "-q", "origin", "HEAD:" + branch);
        return git.run("rev-parse", "HEAD").strip();
    }

    private void start() throws IOException {
        server = ServeProcess.start(
                folder,
                "serve",
                "--platform",
                url("platform"),
                "--data",
                folder.resolve("data").toString(),
                "--cluster-dir",
                folder.resolve("cluster").toString(),
                "--key",
                folder.resolve("key").toString(),
                "--react");
    }

    private void hook(String repository, String branch) {
        assertThat(server.sender()
                        .gitHub("d" + sent++, Sender.push(url(repository), branch))
                        .statusCode())
                .isEqualTo(202);
    }

    private void killAndRestart(long afterMillis) throws Exception {
        Thread.sleep(afterMillis);
        server.kill();
        start();
    }

    @AfterEach
    void end() throws InterruptedException {
        if (server != null) {
            server.kill();
        }
        registry.close();
    }

    private String gitops(String... words) {
        return Git.in(folder.resolve("gitops.git")).run(words).strip();
    }

    private boolean has(String branch) {
        return !gitops("branch", "--list", branch).isEmpty();
    }

    private void await(Callable<Boolean> condition) {
        Await.until(
                condition,
                () -> server.sender().get("/api/v1/events?limit=1000").body());
    }

    @Test
    void onboardingReviewRolloutAndPromotionSurviveEveryKillAndNothingIsDoneTwice() throws Exception {
        start();
        push(
                "platform",
                "main",
                "tenants/orders.yaml",
                "tenant: orders\nowners: ['@acme/leads']\ncontact: a@example.org\ngitops: " + url("gitops")
                        + "\nquota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}, {name: test}]"
                        + "\nservices:\n  - {name: api, type: gateway, repository: '" + url("sources") + "'}\n");
        hook("platform", "main");
        killAndRestart(ThreadLocalRandom.current().nextInt(2_000));
        await(() -> has("rendered/test"));

        String source = push("sources", "test", "api.xml", "<api/>");
        String tree = Git.in(folder.resolve("sources"))
                .run("rev-parse", "HEAD^{tree}")
                .strip();
        ImageRef image = new TinyImages(ImageRepository.parse(registry.address() + "/imaas/orders/api")).push("1.0.0");
        Git work = Git.in(folder.resolve("gitops"));
        work.run("fetch", "-q");
        work.run("checkout", "-q", "-B", "dev", "origin/dev");
        String release = "image:\n  repository: " + image.repository() + "\n  digest: " + image.digest()
                + "\n  tag: 1.0.0\nversion: 1.0.0\nsource:\n  commit: " + source + "\n  tree: " + tree + "\n";
        push("gitops", "dev", "services/api/release.yaml", release);
        hook("sources", "test");
        String last = "";
        for (int i = 0; i < KILLS; i++) {
            last = push("gitops", "dev", "services/api/env/dev.yaml", "replicas: " + (i + 1) + "\n");
            hook("gitops", "dev");
            killAndRestart(ThreadLocalRandom.current().nextInt(3_000));
        }

        String newest = last;
        await(() -> gitops("log", "-1", "--format=%(trailers:key=Imaas-Wanted,valueonly)", "rendered/dev")
                .contains(newest));
        await(() -> gitops("ls-tree", "-r", "--name-only", "test").contains("services/api/release.yaml"));
        killAndRestart(200);
        await(() -> server.sender().get("/readyz").statusCode() == 200);
        SqliteEventLog log = SqliteEventLog.open(folder.resolve("data/events.db"), () -> Instant.MIN);
        await(() -> log.position("reactions-0") == log.last());
        log.close();
        assertThat(gitops("log", "--format=%H", "test", "--", "services/api/release.yaml"))
                .hasLineCount(1);
        List<String> wanted = gitops(
                        "log", "--format=%(trailers:key=Imaas-Wanted,valueonly,separator=%x20)", "rendered/dev")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        assertThat(wanted).doesNotHaveDuplicates().isNotEmpty();
        assertThat(gitops("rev-parse", "dev")).isEqualTo(newest);
    }
}
