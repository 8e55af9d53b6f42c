package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Change;
import io.imaas.port.Commit;
import io.imaas.port.GitHistory.ChangedFile;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import io.imaas.testing.Git;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a commit can hold, or a server can be told, so that Git's own programs show something else than is there. */
class GitTricksTest {
    private static final String VALUES = "services/order-api/values.yaml";

    @TempDir
    Path folder;

    private GitFixture server;
    private GitRepositories repositories;
    private GitRepository repository;

    @BeforeEach
    void open() {
        server = GitFixture.bare(folder.resolve("server.git"));
        repositories = GitFixture.open(folder.resolve("cache"));
        repository = repositories.at(server.url());
    }

    @AfterEach
    void close() {
        repositories.close();
    }

    /** What somebody who may push can call so, and Git's own programs may take for the branch. */
    @Test
    void onlyTheBranchItselfIsTheBranch() throws Exception {
        commit(Map.of(VALUES, "a: 1\n"));
        CommitId head = head();
        server.commit("evil", VALUES, "a: evil\n");
        Git git = Git.in(server.folder());
        for (String ref : List.of(
                "refs/tags/dev",
                "refs/tags/heads/dev",
                "refs/heads/heads/dev",
                "refs/heads/refs/heads/dev",
                "refs/heads/refs/tags/dev",
                "refs/heads/origin/dev",
                "refs/heads/DEV",
                "refs/heads/d\u0435v",
                "refs/heads/dev\u200b",
                "refs/heads/de\u0301v",
                "refs/remotes/origin/dev",
                "refs/dev",
                "refs/tags/rendered/dev",
                "refs/heads/heads/rendered/dev",
                "refs/tags/imaas/records",
                "refs/heads/RENDERED/dev",
                "refs/heads/@",
                "refs/heads/-dev",
                "refs/heads/HEAD")) {
            git.run("update-ref", ref, "evil");
        }
        Files.writeString(server.folder().resolve("dev"), head() + "\n");

        assertThat(repository.head(new BranchName("dev"))).contains(head);
        assertThat(repository.head(new BranchName("rendered/dev"))).isEmpty();
        assertThat(repository.head(new BranchName("imaas/records"))).isEmpty();
        assertThat(repository.history(new BranchName("dev"), "", 9))
                .extracting(Commit::id)
                .contains(head);
        CommitId landed = repository
                .land(GitFixture.edit(VALUES, old -> old + "b: 2\n", "more"))
                .commit();
        assertThat(git.run("for-each-ref", "--format=%(objectname)", "refs/heads/dev")
                        .strip())
                .isEqualTo(landed.value());
        assertThat(git.run("show", landed + ":" + VALUES)).isEqualTo("a: 1\nb: 2\n");
        assertThat(git.run("show", "evil:" + VALUES)).isEqualTo("a: evil\n");
        try (GitRepositories fresh = GitFixture.open(folder.resolve("fresh"))) {
            assertThat(fresh.at(server.url()).head(new BranchName("dev"))).contains(landed);
        }
    }

    /** What an archive or a work tree would show instead of the file's own bytes. */
    @Test
    void attributesChangeNothingOfWhatIsRead() throws Exception {
        String text = "a: $Format:%H$\r\nb: $Id$\nc: 'x' \t\n";
        Files.createDirectories(server.folder().resolve("info"));
        Files.writeString(
                server.folder().resolve("info/attributes"), "* export-ignore export-subst ident text eol=crlf\n");
        server.commit(
                "dev",
                ".gitattributes",
                "*.yaml export-ignore export-subst ident eol=lf working-tree-encoding=UTF-16\n");
        commit(Map.of(VALUES, text, "services/order-api/.gitattributes", "* export-ignore filter=evil\n"));
        CommitId head = head();

        assertThat(repository.read(head, VALUES).map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                .contains(text);
        assertThat(repository.readText(head, List.of("services")).texts()).containsEntry(VALUES, text);
        assertThat(repository.list(head, "services")).contains(VALUES);
        repository.land(GitFixture.edit(VALUES, old -> old + "d: e\n", "more"));
        assertThat(server.git("cat-file", "blob", "dev:" + VALUES)).isEqualTo(text + "d: e\n");
    }

    @Test
    void noReplacementHidesWhatACommitHolds() throws Exception {
        commit(Map.of(VALUES, "what: first\n"));
        String first = head().value();
        commit(Map.of(VALUES, "what: evil\n"));
        String evil = head().value();
        server.git("replace", "-f", evil, first);
        server.git("replace", "-f", blob(evil), blob(first));

        assertThat(repository.readText(new CommitId(evil), List.of(VALUES)).texts())
                .containsEntry(VALUES, "what: evil\n");
        assertThat(repository.history(GitFixture.DEV, VALUES, 10))
                .extracting(Commit::id)
                .extracting(CommitId::value)
                .startsWith(evil, first);
        assertThat(repository.changed(new CommitId(first), new CommitId(evil)))
                .extracting(ChangedFile::path)
                .containsExactly(VALUES);
    }

    /** Commits that no Git writes, and most servers take. */
    @Test
    void oddCommitsAreReadAndBuiltUpon() throws Exception {
        commit(Map.of(VALUES, "a: 1\n"));
        CommitId before = head();
        String tree = server.git("rev-parse", "dev^{tree}").strip();
        String parent = "tree " + tree + "\nparent " + before + "\n";
        String ann = "ann <ann@example.org> 1700000000 +0000\n";
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        String hasty = "ann <ann@example.org> " + Instant.now().plusSeconds(120).getEpochSecond() + " +0000\n";
        for (String odd : List.of(
                parent + "author \ncommitter \n\nno people\n",
                parent + "committer " + ann + "\nno author\n",
                parent + "author " + ann + "\nno committer\n",
                parent + "\nnobody\n",
                parent + "author ann\ncommitter ann\n\nno time\n",
                parent + "author " + ann + "committer " + hasty + "\na clock that is ahead\n",
                parent + "author " + ann + "committer ann <ann@example.org> 2114384400 +0000\n\nfrom 2037\n",
                parent + "author <> 99999999999999999999 +9999\ncommitter <> -1 -9999\n\nno such time\n",
                parent + "author " + ann + "author " + ann + "committer " + ann + "committer " + ann + "\ntwice\n",
                parent + "author " + ann + "committer " + ann + "encoding no-such-encoding\n\nwords\n\nA: b\n",
                parent + "author " + ann + "committer " + ann + "encoding ../\u0000 x\n\nwords\n\nA: b\n",
                parent + "author " + ann + "committer " + ann + "encoding UTF-7\n\n+AGEALQ-\n\nA: b\n",
                parent + "parent " + before + "\nauthor " + ann + "committer " + ann + "\nthe same parent twice\n",
                parent + "author " + ann + "committer " + ann + "mergetag object x\n y\n\nmergetag\n",
                parent + "author " + ann + "committer " + ann + "gpgsig \n\nno signature\n\nImaas-Key: k\n",
                parent + "author " + ann + "committer " + ann
                        + "gpgsig -----BEGIN SSH SIGNATURE-----\n\nX\n\nImaas-Key: k\n",
                parent + "author " + ann + "committer " + ann + "\nnul \u0000 in it\n\nCo-authored-by: \u0000 <\n",
                parent + "author " + ann + "committer " + ann + "\n\n\n\n",
                parent + "author " + ann + "committer " + ann,
                parent + "author " + ann + "committer " + ann + "\n")) {
            String id = Git.in(server.folder())
                    .told(odd, "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
                    .strip();
            server.git("update-ref", "refs/heads/dev", id);
            CommitId head = head();
            assertThat(repository.history(GitFixture.DEV, "", 9))
                    .as(odd)
                    .extracting(Commit::id)
                    .contains(head, before);
            assertThat(repository.between(before, head, 9).get(0).trailers()).doesNotContainKey("Imaas-Key");
            assertThat(repository.readText(head, List.of(VALUES)).texts()).containsEntry(VALUES, "a: 1\n");
            assertThat(repository.contains(head, before)).isTrue();
            repository.land(GitFixture.edit(VALUES, old -> old + "b: 2\n", "more" + id));
            assertThat(repository.history(GitFixture.DEV, "", 1).get(0).at())
                    .as("what we commit upon it: " + odd)
                    .isBetween(at(head).isAfter(tomorrow) ? Instant.EPOCH : at(head), tomorrow);
        }
    }

    /** Names that Git's own checkout refuses, and two that some file systems take for one. */
    @Test
    void strangeNamesKeepNoOtherFileFromBeingRead() throws Exception {
        commit(Map.of(VALUES, "a: b\n"));
        CommitId before = head();
        commit(Map.of(
                ".git/config",
                "[core]\n",
                "services/order-api/.GIT/hooks/post-checkout",
                "evil\n",
                "services/order-api/git~1/x",
                "evil\n",
                "services/order-api/back\\slash.yaml",
                "evil\n",
                "services/order-api/tab\tline.yaml",
                "evil\n",
                "services/order-api/Values.yaml",
                "evil: true\n",
                VALUES,
                "a: c\n"));
        List<String> changed = repository.changed(before, head()).stream()
                .map(ChangedFile::path)
                .toList();

        assertThat(changed).hasSize(7);
        assertThat(repository.readText(head(), changed).texts())
                .containsOnly(Map.entry(VALUES, "a: c\n"), Map.entry("services/order-api/Values.yaml", "evil: true\n"));
        assertThat(repository.readText(before, changed).texts()).containsOnly(Map.entry(VALUES, "a: b\n"));
        assertThat(repository.readText(head(), List.of("services")).find(VALUES))
                .contains("a: c\n");
        repository.land(GitFixture.edit(VALUES, old -> "a: d\n", "after"));
        assertThat(server.file("dev", VALUES)).isEqualTo("a: d\n");
        assertThat(server.git("ls-tree", "-r", "--name-only", "dev")).contains("services/order-api/git~1/x");
    }

    /** Folders that no Git writes, and that a server without {@code receive.fsckObjects} takes from a push. */
    @ParameterizedTest
    @CsvSource({
        "'100644 values.yaml GOOD,100644 values.yaml EVIL', false",
        "'100644 values.yaml EVIL,100644 values.yaml GOOD', false",
        "'100644 values.yaml EVIL,100644 other.yaml EVIL,100644 values.yaml GOOD,120000 values.yaml GOOD', false",
        "'100644 values.yaml GOOD,40000 values.yaml NEXT', false",
        "'120000 values.yaml GOOD', false",
        "'100644 values.yaml GOOD,100644 other.yaml EVIL', true",
        "'100664 values.yaml GOOD', true",
        "'0 values.yaml GOOD', false",
        "'100644 ../order-api/values.yaml EVIL,100644 values.yaml GOOD', true",
        "'40000 .. NEXT,40000 . NEXT,100644 values.yaml GOOD', true"
    })
    void aFileIsReadWhereEveryProgramReadsTheSame(String folder, boolean read) throws Exception {
        commit(Map.of(VALUES, "a: good\n", "services/next/values.yaml", "n: 1\n"));
        String next = server.git("rev-parse", "dev:services/next").strip();
        Git git = Git.in(server.folder());
        String evil = git.told("a: evil\n", "hash-object", "-w", "--stdin").strip();
        String odd =
                tree(folder.replace("GOOD", blob("dev")).replace("EVIL", evil).replace("NEXT", next));
        String root = tree("40000 services " + tree("40000 next " + next + ",40000 order-api " + odd));
        String[] words = {"-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", "-p", "dev", "-m", "odd", root};
        server.git("update-ref", "refs/heads/odd", server.git(words).strip());
        Git.in(this.folder).run("clone", "-q", "--bare", "-b", "dev", "server.git", "taken.git");
        server.git("push", "-q", "../taken.git", "odd:dev");
        server.git("update-ref", "refs/heads/dev", "odd");

        server.git("config", "http.receivepack", "true");
        try (GitHttpServer http = new GitHttpServer(this.folder)) {
            repository = repositories.at(http.url("server.git"));
            for (String asked : List.of(VALUES, "services")) {
                TextFiles files = repository.readText(head(), List.of(asked));
                assertThat(files.problem(VALUES).isEmpty()).as(asked).isEqualTo(read);
                assertThat(read ? files.find(VALUES) : Optional.empty())
                        .isEqualTo(read ? Optional.of("a: good\n") : Optional.empty());
            }
            Change beside = GitFixture.edit("services/next/values.yaml", old -> old + "m: 2\n", "next");
            if (folder.startsWith("0 ")) {
                assertThatThrownBy(() -> repository.land(beside)).hasMessageContaining("git fsck names");
            } else {
                repository.land(beside);
                assertThat(server.file("dev", "services/next/values.yaml")).isEqualTo("n: 1\nm: 2\n");
            }
        }
    }

    /** @param entries mode, name and id of each, as they stand in the object */
    private String tree(String entries) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String entry : entries.split(",")) {
            int end = entry.lastIndexOf(' ');
            out.write((entry.substring(0, end) + '\0').getBytes(StandardCharsets.UTF_8));
            out.write(HexFormat.of().parseHex(entry.substring(end + 1)));
        }
        Path file = Files.write(folder.resolve("tree"), out.toByteArray());
        return server.git("hash-object", "-t", "tree", "-w", "--literally", file.toString())
                .strip();
    }

    private CommitId head() {
        return repository.head(GitFixture.DEV).orElseThrow();
    }

    private String blob(String commit) {
        return server.git("rev-parse", commit + ":" + VALUES).strip();
    }

    /** Straight into the server, as a push that nobody checks brings it: on top of what is there. */
    private Instant at(CommitId commit) {
        return repository.between(null, commit, 1).get(0).at();
    }

    private void commit(Map<String, String> files) throws Exception {
        StringBuilder stream = new StringBuilder(
                "commit refs/heads/dev\ncommitter Pat <pat@example.org> 1795000000 +0000\ndata 5\nhand\n\n");
        if (!server.git("branch", "--list", "dev").isBlank()) {
            stream.append("from refs/heads/dev^0\n");
        }
        files.forEach((path, text) -> stream.append("M 100644 inline \"")
                .append(path.replace("\\", "\\\\").replace("\t", "\\t"))
                .append("\"\ndata ")
                .append(text.length())
                .append('\n')
                .append(text)
                .append('\n'));
        Path input = Files.writeString(folder.resolve("stream"), stream);
        GitFixture.run(
                server.folder(),
                "sh",
                "-c",
                "git -c core.protectNTFS=false -c core.protectHFS=false fast-import --quiet < " + input);
    }
}
