package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.port.GitRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytesTest {
    @TempDir
    private Path temp;

    @Test
    void theBytesOfAChangeDoNotGrowWithTheRepository() throws Exception {
        long small = bytesOfAChange("small.git", 20, 50);
        long large = bytesOfAChange("large.git", 2000, 50);
        long old = bytesOfAChange("old.git", 20, 3000);
        assertThat(large).isLessThan(small + 2000).isLessThan(10_000);
        assertThat(old).isLessThan(small + 1000);
    }

    private long bytesOfAChange(String name, int tenants, int commits) throws Exception {
        BigRepository.create(temp.resolve(name), tenants, commits);
        try (GitHttpServer http = new GitHttpServer(temp);
                GitRepositories repositories = GitFixture.open(temp.resolve(name + "-cache"))) {
            GitRepository repository = repositories.at(http.url(name));
            repository.land(GitFixture.edit("tenants/t0001/dev.yaml", old -> old + "# 1\n", "warm"));
            long before = http.bytes();
            repository.land(GitFixture.edit("tenants/t0002/dev.yaml", old -> old + "# 2\n", "measured"));
            assertThat(Files.exists(temp.resolve(name))).isTrue();
            return http.bytes() - before;
        }
    }
}
