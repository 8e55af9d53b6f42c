package io.imaas.step.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.rollout.GitOpsPaths;
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
import io.imaas.testing.TestRecords;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A word that is said between a decision and its push. */
class RecordsReadTest {
    private static final BranchName PROD = new BranchName("prod");

    @TempDir
    Path folder;

    @Test
    void aRefusalBetweenDecisionAndPushIsAConflictAndOthersRecordsAreNone() {
        Git.in(folder).run("init", "-q", "--bare", "gitops.git");
        Path bare = folder.resolve("gitops.git");
        TestRecords.put(bare, "approvals/prod/1/ann.json", "yes\n");
        Seal seal = TestKey.records("orders").seal();
        try (GitRepositories repositories = new GitRepositories(TestKey.signed(
                GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), Assembly.systemClock())))) {
            GitRepository repository = repositories.at(new RepositoryUrl("file://" + bare));
            CommitId read =
                    repository.sealed(GitOpsPaths.RECORDS, seal).orElseThrow().counts();

            TestRecords.put(bare, "approvals/prod/2/bob.json", "another content\n");
            TestRecords.put(bare, "approvals/prod/1/own.json", "what the plan itself writes\n");
            assertThat(repository.land(change("1.0.0", read, seal)).created()).isTrue();

            TestRecords.put(bare, "approvals/prod/1/bob.json", "no\n");
            FailureException refused =
                    catchThrowableOfType(FailureException.class, () -> repository.land(change("1.1.0", read, seal)));
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(refused.failure().where().toString()).isEqualTo("imaas/records:approvals/prod/1");
            assertThat(Git.in(bare).run("show", "prod:release.yaml")).isEqualTo("1.0.0");
        }
    }

    private static Change change(String version, CommitId read, Seal seal) {
        return Change.of(PROD, "Promote " + version, List.of(FileEdit.text("release.yaml", version)))
                .expecting(List.of(new Precondition.Unchanged(
                        GitOpsPaths.RECORDS, read, "approvals/prod/1", seal, Set.of("approvals/prod/1/own.json"))));
    }
}
