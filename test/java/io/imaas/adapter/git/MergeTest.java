package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.DEV;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitHistory.ChangedFile;
import io.imaas.port.GitHistory.ChangedFile.Mode;
import io.imaas.port.GitRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A merge commit says that nothing was left behind: it is one only when that is so. */
class MergeTest {
    private static final BranchName TEST = new BranchName("test");
    private static final String RELEASE = "services/s/release.yaml";

    @TempDir
    private Path temp;

    private GitFixture server;
    private GitRepositories repositories;
    private GitRepository repository;
    private Path work;

    @BeforeEach
    void open() {
        server = GitFixture.bare(temp.resolve("server.git"));
        server.commit("dev", RELEASE, "version: 1\n");
        server.commit("dev", "services/s/env/test.yaml", "replicas: 1\n");
        server.git("branch", "test", "dev");
        repositories = GitFixture.open(temp.resolve("cache"));
        repository = repositories.at(server.url());
        work = temp.resolve("server.git-work");
    }

    @AfterEach
    void close() {
        repositories.close();
    }

    @Test
    void whatMovesAloneIsAMergeAlsoWhenTheTargetHasMoreOfItsOwn() {
        server.commit("dev", RELEASE, "version: 2\n");
        server.commit("test", "services/s/env/test.yaml", "replicas: 2\n");
        server.commit("test", "OWNERS", "of test\n");

        promote("version: 2\n");

        assertThat(parents()).hasSize(2);
        GitFixture.run(work, "git", "fetch", "-q");
        GitFixture.run(work, "git", "checkout", "-q", "-B", "test", "origin/test");
        assertThat(GitFixture.run(work, "git", "merge", "origin/dev")).contains("Already up to date");
        assertThat(server.git("diff", "--name-only", "dev", "test").lines())
                .containsExactly("OWNERS", "services/s/env/test.yaml");
    }

    @Test
    void aFileThatStaysBehindMakesItAPlainCommit() {
        server.commit("dev", RELEASE, "version: 2\n");
        server.commit("dev", "README.md", "hello\n");

        promote("version: 2\n");

        assertThat(parents()).hasSize(1);
        GitFixture.run(work, "git", "fetch", "-q");
        GitFixture.run(work, "git", "checkout", "-q", "-B", "test", "origin/test");
        GitFixture.run(work, "git", "merge", "-q", "-m", "by hand", "origin/dev");
        assertThat(work.resolve("README.md")).exists();
    }

    @Test
    void aServiceThatWasRemovedAtTheSourceMakesItAPlainCommit() {
        server.commit("dev", RELEASE, "version: 2\n");
        GitFixture.run(work, "git", "rm", "-q", "services/s/env/test.yaml");
        GitFixture.run(work, "git", "commit", "-q", "-m", "remove");
        GitFixture.run(work, "git", "push", "-q", "origin", "dev");

        promote("version: 2\n");

        assertThat(parents()).hasSize(1);
    }

    @Test
    void branchesWithoutACommonCommitMergeOnlyWhenTheTreeHoldsAll() {
        server.git("update-ref", "-d", "refs/heads/test");
        String empty =
                server.git("hash-object", "-t", "tree", "-w", "/dev/null").strip();
        String begin = server.git("commit-tree", "-m", "begin", empty).strip();
        server.git("update-ref", "refs/heads/test", begin);
        promote("version: 1\n");
        assertThat(parents()).hasSize(1);

        CommitId dev = repository.head(DEV).orElseThrow();
        repository.land(Change.of(
                        TEST,
                        "everything",
                        List.of(GitFixture.fileEdit("services/s/env/test.yaml", old -> "replicas: 1\n")))
                .carrying(dev));
        assertThat(parents()).hasSize(2);
    }

    @Test
    void theExecutableBitComesAlongEvenWhenNothingElseChanges() throws Exception {
        GitFixture.run(work, "git", "checkout", "-q", "dev");
        Files.writeString(work.resolve(RELEASE), "version: 2\n");
        work.resolve(RELEASE).toFile().setExecutable(true);
        GitFixture.run(work, "git", "commit", "-q", "-a", "-m", "executable");
        GitFixture.run(work, "git", "push", "-q", "origin", "dev");
        promote("version: 2\n");
        assertThat(server.git("ls-tree", "test", RELEASE)).startsWith("100755");
        assertThat(parents()).hasSize(2);

        work.resolve(RELEASE).toFile().setExecutable(false);
        GitFixture.run(work, "git", "commit", "-q", "-a", "-m", "no longer");
        GitFixture.run(work, "git", "push", "-q", "origin", "dev");
        promote("version: 2\n");
        assertThat(server.git("ls-tree", "test", RELEASE)).startsWith("100644");
        assertThat(parents()).hasSize(2);
    }

    @Test
    void linksAndSubmodulesAreKeptAndToldAndNeverRead() throws Exception {
        GitFixture.run(work, "git", "checkout", "-q", "dev");
        Files.createSymbolicLink(work.resolve("link"), Path.of(RELEASE));
        String commit = server.git("rev-parse", "dev").strip();
        GitFixture.run(work, "git", "update-index", "--add", "--cacheinfo", "160000," + commit + ",module");
        GitFixture.run(work, "git", "add", "link");
        Files.write(work.resolve("latin1"), new byte[] {(byte) 0xe9});
        GitFixture.run(work, "git", "add", "latin1");
        GitFixture.run(work, "git", "commit", "-q", "-m", "strange things");
        GitFixture.run(work, "git", "push", "-q", "origin", "dev");

        CommitId dev = repository.head(DEV).orElseThrow();
        CommitId test = repository.head(TEST).orElseThrow();
        assertThat(repository.changed(test, dev))
                .containsExactly(
                        new ChangedFile("latin1", Mode.ABSENT, Mode.FILE),
                        new ChangedFile("link", Mode.ABSENT, Mode.SYMBOLIC_LINK),
                        new ChangedFile("module", Mode.ABSENT, Mode.SUBMODULE));
        var files = repository.readText(dev, List.of(""));
        assertThat(files.unreadable().keySet()).containsExactly("latin1", "link", "module");
        assertThat(files.find(RELEASE)).contains("version: 1\n");

        repository.land(Change.of(DEV, "more", List.of(GitFixture.fileEdit(RELEASE, old -> "version: 3\n"))));
        assertThat(server.git("ls-tree", "dev"))
                .contains("120000 blob")
                .contains("160000 commit " + commit + "\tmodule");
    }

    private void promote(String release) {
        CommitId dev = repository.head(DEV).orElseThrow();
        List<FileEdit> edits = new ArrayList<>();
        edits.add(GitFixture.fileEdit(RELEASE, old -> release));
        repository.land(Change.of(TEST, "promote", edits).carrying(dev));
    }

    private List<String> parents() {
        String[] ids =
                server.git("rev-list", "--parents", "-n1", "test").strip().split(" ");
        return List.of(ids).subList(1, ids.length);
    }
}
