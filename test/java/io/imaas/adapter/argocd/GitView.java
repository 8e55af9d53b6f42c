package io.imaas.adapter.argocd;

import io.imaas.adapter.argocd.sim.SimulatedGit;
import io.imaas.model.image.Digest;
import io.imaas.model.record.ListedKey;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.port.Change;
import io.imaas.port.Commit;
import io.imaas.port.GitHistory.ChangedFile;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.port.Seal;
import io.imaas.port.TextFiles;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The simulated branch as the port shows a repository. */
record GitView(SimulatedGit git) implements GitRepository {
    @Override
    public boolean removeBranch(BranchName branch, CommitId tip) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<BranchName, CommitId> heads(Collection<BranchName> branches) {
        Map<BranchName, CommitId> heads = new HashMap<>();
        branches.forEach(branch -> heads.put(branch, git.head()));
        return heads;
    }

    @Override
    public Optional<byte[]> read(CommitId commit, String path) {
        Digest digest = git.digest(commit.value(), path.split("/")[1]);
        String text = "# was sha256:" + "0".repeat(64) + "\nimage:\n  digest: " + digest + "\n";
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> list(CommitId commit, String folder) {
        return List.of(folder + "/release.yaml");
    }

    @Override
    public TextFiles readText(CommitId commit, Collection<String> paths) {
        Map<String, String> texts = new HashMap<>();
        paths.forEach(path -> texts.put(path, new String(read(commit, path).orElseThrow(), StandardCharsets.UTF_8)));
        return TextFiles.of(texts);
    }

    @Override
    public List<ChangedFile> changed(CommitId before, CommitId after) {
        throw new IllegalStateException("nobody asks for differences here");
    }

    @Override
    public List<Landed> land(List<Change> changes) {
        throw new IllegalStateException("nothing is written here");
    }

    @Override
    public Map<String, List<Commit>> histories(BranchName branch, Set<String> paths, int limit) {
        return Map.of();
    }

    @Override
    public Map<String, Commit> lastChanges(BranchName branch, Set<String> paths) {
        return Map.of();
    }

    @Override
    public List<Commit> between(CommitId older, CommitId newer, int limit) {
        return List.of();
    }

    @Override
    public Map<String, String> entries(CommitId commit, String folder) {
        return Map.of();
    }

    @Override
    public Optional<TreeHash> tree(CommitId commit, String folder) {
        return Optional.empty();
    }

    @Override
    public GitRepository believing(List<ListedKey> listed) {
        return this;
    }

    @Override
    public Optional<Sealed> sealed(BranchName branch, Seal seal, List<List<BranchName>> named) {
        return Optional.empty();
    }

    @Override
    public byte[] bundle(Map<CommitId, Set<String>> commits) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean contains(CommitId descendant, CommitId ancestor) {
        return git.contains(descendant.value(), ancestor.value());
    }
}
