package io.imaas.adapter.git;

import io.imaas.model.source.CommitId;
import io.imaas.port.Commit;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;

/** JGit's commits in our words. */
final class Commits {
    private Commits() {}

    static Commit describe(RevCommit commit) {
        List<CommitId> parents = new ArrayList<>();
        for (RevCommit parent : commit.getParents()) {
            parents.add(new CommitId(parent.name()));
        }
        return new Commit(
                new CommitId(commit.name()),
                parents,
                commit.getAuthorIdent().getName(),
                commit.getCommitterIdent().getWhenAsInstant(),
                commit.getShortMessage(),
                CommitMessage.trailers(commit));
    }
}
