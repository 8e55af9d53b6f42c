package io.imaas.app;

import io.imaas.catalog.ServiceFile;
import io.imaas.model.failure.FailureException;
import io.imaas.model.request.SourceChange;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.SourceHead;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.port.GitRepository;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A service's own repository, as far as a decision needs it. */
record SourceRepository(RepositoryUrl url, GitRepository repository) {
    /**
     * What {@code imaas.yaml} says. For a pull request from a fork it is the target's that counts: strangers do not say
     * which servers are spoken to.
     *
     * @throws FailureException INPUT with every problem of the file
     */
    ServiceSettings settings(SourceChange change) {
        CommitId commit = change.head() instanceof SourceHead.PullRequest pull && pull.fork()
                ? tip(pull.target())
                : change.commit();
        Optional<byte[]> file = repository.read(commit, ServiceFile.NAME);
        return file.isEmpty()
                ? ServiceSettings.defaults()
                : ServiceFile.read(
                                ServiceFile.NAME,
                                new String(file.get(), StandardCharsets.UTF_8),
                                path -> path.equals(".")
                                        || repository.tree(commit, path).isPresent()
                                        || repository.read(commit, path).isPresent())
                        .orThrow();
    }

    /**
     * Sees that a commit is on its branch.
     *
     * @return whether the branch has moved on since
     * @throws FailureException CONFLICT when the branch was rewritten: what nobody can find there is not delivered
     */
    boolean overtaken(BranchName branch, CommitId commit) {
        CommitId tip = tip(branch);
        if (!tip.equals(commit) && !repository.contains(tip, commit)) {
            throw FailureException.conflict(
                    "branch " + branch + " no longer holds commit " + commit.abbreviated(),
                    url.value(),
                    "build what it holds now: " + tip.abbreviated());
        }
        return !tip.equals(commit);
    }

    /** Who made a commit, by their own word. */
    String author(CommitId commit) {
        return repository.between(null, commit, 1).get(0).author();
    }

    private CommitId tip(BranchName branch) {
        return repository
                .head(branch)
                .orElseThrow(() ->
                        FailureException.input("there is no branch '" + branch + "'", url.value(), "push it first"));
    }

    /** The content of a folder at a commit. */
    TreeHash tree(CommitId commit, String path) {
        return repository
                .tree(commit, path)
                .orElseThrow(() -> FailureException.input(
                        "there is no folder '" + path + "'",
                        url.value() + "@" + commit.abbreviated(),
                        "correct the path in imaas.yaml"));
    }
}
