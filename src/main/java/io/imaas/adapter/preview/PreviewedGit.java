package io.imaas.adapter.preview;

import io.imaas.model.record.ListedKey;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.port.Change;
import io.imaas.port.Commit;
import io.imaas.port.FileEdit;
import io.imaas.port.GitHistory.ChangedFile;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.port.Seal;
import io.imaas.port.TextFiles;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A repository that is read as it is, and on which a change lands only in words: it is said whether any byte would change;
 * the commit is the branch's tip, or all zeros.
 */
public record PreviewedGit(GitRepository repository) implements GitRepository {
    /** Git's own word for a commit that is not there. */
    private static final CommitId NONE = new CommitId("0".repeat(40));

    @Override
    public GitRepository believing(List<ListedKey> listed) {
        return new PreviewedGit(repository.believing(listed));
    }

    @Override
    public List<Landed> land(List<Change> changes) {
        return changes.stream().map(this::previewed).toList();
    }

    private Landed previewed(Change change) {
        Optional<CommitId> head = repository.head(change.branch());
        boolean changes = head.isEmpty() || change.edits().stream().anyMatch(edit -> changes(head.get(), edit));
        return new Landed(head.orElse(NONE), changes, true);
    }

    private boolean changes(CommitId head, FileEdit edit) {
        Optional<byte[]> before = repository.read(head, edit.path());
        return !Arrays.equals(before.orElse(null), edit.apply(before).orElse(null));
    }

    @Override
    public boolean removeBranch(BranchName branch, CommitId tip) {
        return repository.head(branch).isPresent();
    }

    @Override
    public Map<BranchName, CommitId> heads(Collection<BranchName> branches) {
        return repository.heads(branches);
    }

    @Override
    public Map<BranchName, CommitId> lastSeen(Collection<BranchName> branches) {
        return repository.lastSeen(branches);
    }

    @Override
    public Map<BranchName, CommitId> heads(Collection<BranchName> branches, Duration age) {
        return repository.heads(branches, age);
    }

    @Override
    public Optional<byte[]> read(CommitId commit, String path) {
        return repository.read(commit, path);
    }

    @Override
    public TextFiles readText(CommitId commit, Collection<String> paths) {
        return repository.readText(commit, paths);
    }

    @Override
    public List<ChangedFile> changed(CommitId before, CommitId after) {
        return repository.changed(before, after);
    }

    @Override
    public List<String> list(CommitId commit, String folder) {
        return repository.list(commit, folder);
    }

    @Override
    public Map<String, List<Commit>> histories(BranchName branch, Set<String> paths, int limit) {
        return repository.histories(branch, paths, limit);
    }

    @Override
    public Map<String, Commit> lastChanges(BranchName branch, Set<String> paths) {
        return repository.lastChanges(branch, paths);
    }

    @Override
    public List<Commit> between(CommitId older, CommitId newer, int limit) {
        return repository.between(older, newer, limit);
    }

    @Override
    public Map<String, String> entries(CommitId commit, String folder) {
        return repository.entries(commit, folder);
    }

    @Override
    public Optional<TreeHash> tree(CommitId commit, String folder) {
        return repository.tree(commit, folder);
    }

    @Override
    public Optional<Sealed> sealed(BranchName branch, Seal seal, List<List<BranchName>> named) {
        return repository.sealed(branch, seal, named);
    }

    @Override
    public byte[] bundle(Map<CommitId, Set<String>> commits) {
        return repository.bundle(commits);
    }

    @Override
    public boolean contains(CommitId descendant, CommitId ancestor) {
        return repository.contains(descendant, ancestor);
    }
}
