package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keyed change on an empty cache, from a server that leaves files out on request and from one that does not. */
@Tag("bench")
class ColdKeyBench {
    private static final int COMMITS = Integer.getInteger("imaas.bench.commits", 20_000);

    @TempDir
    private Path temp;

    @Test
    void aKeyIsAskedForOnAnEmptyCache() throws Exception {
        GitFixture server = BigRepository.create(temp.resolve("server.git"), 2_000, COMMITS);
        System.out.printf("a server without filters: %.2f s%n", seconds(server, "without"));
        server.git("config", "uploadpack.allowFilter", "true");
        System.out.printf("a server with filters: %.2f s%n", seconds(server, "with"));
        long start = System.nanoTime();
        GitFixture.run(temp, "git", "clone", "-q", "--bare", server.url().value(), "clone");
        System.out.printf("git clone --bare: %.2f s%n", (System.nanoTime() - start) / 1e9);
    }

    private double seconds(GitFixture server, String cache) {
        long start = System.nanoTime();
        try (GitRepositories repositories = GitFixture.open(temp.resolve(cache))) {
            GitRepository repository = repositories.at(server.url());
            Landed old = repository.land(GitFixture.put("tenants/t0001/dev.yaml", "never", "old17"));
            assertThat(old.created()).isFalse();
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
