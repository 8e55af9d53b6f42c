package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitRepositories;
import io.imaas.catalog.KnownFiles;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.GitRepository;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform repository, commit after commit: read is what changed, and the result is that of reading everything. */
class PlatformRepositoryTest {
    @TempDir
    Path folder;

    private final List<String> read = new ArrayList<>();
    private Git git;

    private CommitId commit(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve("platform").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            if (file.getValue().isEmpty()) {
                Files.delete(path);
            } else {
                Files.writeString(path, file.getValue());
            }
        }
        git.run("add", "-A");
        git.run("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "x");
        return new CommitId(git.run("rev-parse", "HEAD").strip());
    }

    private static String tenant(String name, int pods) {
        return "tenant: " + name + "\nowners: ['@acme/x']\ncontact: a@example.org\ngitops: https://git.example.org/"
                + name + ".git\nenvironments: [{name: dev}]\nquota: {cpu: 4, memory: 8Gi, pods: " + pods + "}\n";
    }

    @Test
    void whatChangedIsReadAndTheRestIsKnown() throws IOException {
        Files.createDirectories(folder.resolve("platform"));
        git = Git.in(folder.resolve("platform"));
        git.run("init", "-q", "-b", "main");
        CommitId first = commit(Map.of(
                "platform.yaml",
                "platform: acme\nregistries: [registry.example.org/acme]\n",
                "tenants/a.yaml",
                tenant("a", 10),
                "tenants/b.yaml",
                tenant("b", 10),
                "README.md",
                "nothing of ours"));
        CommitId second = commit(Map.of("tenants/b.yaml", tenant("b", 20), "README.md", "nor this"));
        CommitId third = commit(Map.of("tenants/a.yaml", "", "tenants/c.yaml", tenant("c", 10)));
        CommitId broken = commit(Map.of("tenants/c.yaml", "tenant: [\n"));
        try (GitRepositories repositories =
                TestKey.git(folder.resolve("cache"), new ManualClock("2026-11-28T10:00:00Z"))) {
            GitRepository whole = repositories.at(new RepositoryUrl("file://" + folder.resolve("platform")));
            whole.head(new BranchName("main"));
            PlatformRepository repository = new PlatformRepository(listening(whole), new KnownFiles());
            for (CommitId commit : List.of(first, second, third, broken, first, third)) {
                PlatformRepository alone = new PlatformRepository(whole);
                assertThat(repository.texts(commit)).isEqualTo(alone.texts(commit));
                read.clear();
                assertThat(repository.at(commit).toString())
                        .isEqualTo(alone.at(commit).toString());
                if (commit.equals(second)) {
                    assertThat(read).containsExactly("tenants/b.yaml");
                }
            }
            read.clear();
            repository.at(first);
            repository.at(third);
            assertThat(read).as("the last two are known").isEmpty();
        }
    }

    /** What somebody commits in a file's place: a link, bytes that are no text, a folder, what is too large. */
    @Test
    void aTenantsFileThatCannotBeReadIsThatTenantsFaultAlone() throws IOException {
        Files.createDirectories(folder.resolve("platform"));
        git = Git.in(folder.resolve("platform"));
        git.run("init", "-q", "-b", "main");
        commit(Map.of(
                "platform.yaml",
                "platform: acme\nregistries: [registry.example.org/acme]\n",
                "tenants/a.yaml",
                tenant("a", 10),
                "tenants/b.yaml",
                tenant("b", 10)));
        Path file = folder.resolve("platform/tenants/a.yaml");
        try (GitRepositories repositories =
                TestKey.git(folder.resolve("cache"), new ManualClock("2026-11-28T10:00:00Z"))) {
            PlatformRepository repository = new PlatformRepository(
                    repositories.at(new RepositoryUrl("file://" + folder.resolve("platform"))), new KnownFiles());
            BranchName main = new BranchName("main");
            Catalog first = repository.served(main);
            for (int kind = 0; kind < 4; kind++) {
                Files.delete(file);
                switch (kind) {
                    case 0 -> Files.createSymbolicLink(file, Path.of("b.yaml"));
                    case 1 -> Files.write(file, new byte[] {'t', (byte) 0xff, (byte) 0xfe});
                    case 2 -> Files.write(file, new byte[20 << 20]);
                    default -> Files.writeString(Files.createDirectory(file).resolve("README"), "");
                }
                commit(Map.of("tenants/b.yaml", tenant("b", 20 + kind)));
                Catalog now = repository.served(main);
                assertThat(now.tenant(new TenantName("a")))
                        .as("kind " + kind)
                        .isEqualTo(first.tenant(new TenantName("a")));
                assertThat(now.tenant(new TenantName("b"))).isPresent();
                assertThat(now.broken()).singleElement().satisfies(one -> assertThat(one.sentence())
                        .contains("tenants/a.yaml"));
                assertThat(new PlatformRepository(repository.repository()).served(main))
                        .isEqualTo(now);
            }
        }
    }

    private GitRepository listening(GitRepository whole) {
        return (GitRepository) Proxy.newProxyInstance(
                GitRepository.class.getClassLoader(), new Class<?>[] {GitRepository.class}, (proxy, method, given) -> {
                    if (method.getName().equals("readText")) {
                        ((Collection<?>) given[1]).forEach(path -> read.add(path.toString()));
                    }
                    try {
                        return method.invoke(whole, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A history that was rewritten: the commit that was read before is gone from the server. */
    @Test
    void aCommitThatIsGoneMakesAllToBeReadAgain() throws IOException {
        Files.createDirectories(folder.resolve("platform"));
        git = Git.in(folder.resolve("platform"));
        git.run("init", "-q", "-b", "main");
        CommitId only = commit(Map.of(
                "platform.yaml",
                "platform: acme\nregistries: [registry.example.org/acme]\n",
                "tenants/a.yaml",
                tenant("a", 10)));
        try (GitRepositories repositories =
                TestKey.git(folder.resolve("cache"), new ManualClock("2026-11-28T10:00:00Z"))) {
            KnownFiles known = new KnownFiles();
            known.keep(new KnownFiles.AtCommit(
                    new CommitId("a".repeat(40)), Map.of("tenants/x.yaml", "x"), Map.of(), null));
            PlatformRepository repository = new PlatformRepository(
                    repositories.at(new RepositoryUrl("file://" + folder.resolve("platform"))), known);

            assertThat(repository.at(only).orThrow().tenants()).hasSize(1);
        }
    }
}
