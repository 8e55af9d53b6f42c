package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.system.SystemClock;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.Precondition;
import io.imaas.port.Seal;
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedTipsTest {
    private static final BranchName RECORDS = new BranchName("imaas/records");
    private static final Seal SEAL = new Seal() {
        @Override
        public String of(Content content) {
            return "ours";
        }

        @Override
        public boolean holds(String line, Content content) {
            return line.equals("ours");
        }
    };

    @TempDir
    Path folder;

    @Test
    void aTipThatWasReadBeforeOthersWroteIsOlderAndNotPutBack() throws Exception {
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", "records.git");
        RepositoryUrl url = new RepositoryUrl("file://" + folder.resolve("records.git"));
        GitSettings settings =
                TestKey.signed(GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), new SystemClock()));
        try (GitRepositories repositories = new GitRepositories(settings)) {
            ObjectId first = land(repositories.at(url), "first");
            ObjectId second = land(repositories.at(url), "second");
            Clones clones = new Clones(
                    CacheSlot.acquire(folder.resolve("other"), url), new Connection(url, settings, new HashSet<>()));
            SealedTips tips = new SealedTips(clones, url);
            clones.tips().fetch(List.of(RECORDS));
            assertThat(tips.counting(RECORDS, second, SEAL)).isEqualTo(second);

            assertThat(tips.counting(RECORDS, first, SEAL)).isEqualTo(first);

            Git.in(folder.resolve("records.git")).run("update-ref", "refs/heads/imaas/records", first.name());
            assertThatThrownBy(() -> tips.counting(RECORDS, first, SEAL)).hasMessageContaining("was put back");
        }
    }

    @Test
    void aCommitThatWasNeverPushedIsNotRememberedAsTheServers() throws Exception {
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", "records.git");
        RepositoryUrl url = new RepositoryUrl("file://" + folder.resolve("records.git"));
        GitSettings settings =
                TestKey.signed(GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), new SystemClock()));
        try (GitRepositories repositories = new GitRepositories(settings)) {
            ObjectId first = land(repositories.at(url), "first");
            Clones clones = new Clones(
                    CacheSlot.acquire(folder.resolve("other"), url), new Connection(url, settings, new HashSet<>()));
            SealedTips tips = new SealedTips(clones, url);
            clones.tips().fetch(List.of(RECORDS));
            Precondition seen =
                    new Precondition.Unchanged(RECORDS, new CommitId(first.name()), "other", SEAL, Set.of());
            Change record = Change.of(RECORDS, "See second", List.of(FileEdit.text("second", "seen\n")))
                    .sealed(SEAL);
            Change decided = Change.of(new BranchName("test"), "Decide", List.of(FileEdit.text("decided", "by it\n")))
                    .expecting(List.of(seen));

            try (Draft draft = new Draft(clones, tips, new CommitFactory(settings), Map.of(RECORDS, first), true)) {
                draft.add(new Intent(List.of(record), settings.signing()));
                assertThat(draft.add(new Intent(List.of(decided), settings.signing())))
                        .isEmpty();
                draft.finish();
            }

            assertThat(tips.counting(RECORDS, first, SEAL))
                    .as("the push that would have brought it there failed")
                    .isEqualTo(first);
        }
    }

    private static ObjectId land(GitRepository repository, String name) {
        FileEdit edit = FileEdit.text(name, "seen\n");
        return ObjectId.fromString(repository
                .land(Change.of(RECORDS, "See " + name, List.of(edit)).sealed(SEAL))
                .commit()
                .value());
    }
}
