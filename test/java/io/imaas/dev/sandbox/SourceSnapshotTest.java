package io.imaas.dev.sandbox;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.source.CommitId;
import io.imaas.testing.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSnapshotTest {
    @TempDir
    Path folder;

    private SourceSnapshot snapshot;

    @BeforeEach
    void someSources() throws IOException {
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", "sources.git");
        Git.in(folder).run("init", "-q", "own");
        write(folder.resolve("own"), ".gitignore", "*.log\n");
        write(folder.resolve("own"), "src/Api.xml", "<api/>\n");
        snapshot = new SourceSnapshot(folder.resolve("own"), folder.resolve("sources.git"));
    }

    @Test
    void theSameContentIsTheSameCommit() throws IOException {
        CommitId first = snapshot.take();
        assertThat(snapshot.take()).isEqualTo(first);
        write(folder.resolve("own"), "src/Api.xml", "<api name='a'/>\n");
        assertThat(snapshot.take()).isNotEqualTo(first);
    }

    @Test
    void whatIsIgnoredBuiltOrTheSandboxsOwnIsNoSource() throws IOException {
        String before = snapshot.content();
        write(folder.resolve("own"), "a.log", "x");
        write(folder.resolve("own"), "target/api.car", "x");
        write(folder.resolve("own"), ".imaas-dev/git/x", "x");
        assertThat(snapshot.content()).isEqualTo(before);
        write(folder.resolve("own"), "src/New.xml", "<api/>");
        assertThat(snapshot.content()).isNotEqualTo(before);
        Files.delete(folder.resolve("own/src/New.xml"));
        assertThat(snapshot.content()).isEqualTo(before);
    }

    @Test
    void thePersonsOwnRepositoryStaysAsItIs() {
        snapshot.take();
        assertThat(Git.in(folder.resolve("own")).run("status", "--porcelain")).isEqualTo("?? .gitignore\n?? src/\n");
        assertThat(Git.in(folder).run("--git-dir", "sources.git", "ls-tree", "-r", "--name-only", "main"))
                .isEqualTo(".gitignore\nsrc/Api.xml\n");
    }
}
