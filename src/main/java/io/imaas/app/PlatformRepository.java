package io.imaas.app;

import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.Read;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import java.util.Map;
import java.util.TreeMap;

/** The platform's metadata as its repository says, at a commit: what is there, or what is proposed. */
public record PlatformRepository(GitRepository repository) {
    /** The catalog at a commit, or every problem of its files. */
    public Read<Catalog> at(CommitId commit) {
        TextFiles found = repository.readText(
                commit,
                repository.list(commit, "").stream()
                        .filter(CatalogReader::concerns)
                        .toList());
        Map<String, String> files = new TreeMap<>();
        found.paths().forEach(path -> files.put(path, found.find(path).orElseThrow()));
        return CatalogReader.read(files);
    }

    /**
     * The catalog at a branch's tip.
     *
     * @throws FailureException INPUT when there is no such branch, or with every problem of its files
     */
    public Catalog tip(BranchName branch) {
        CommitId head = repository
                .head(branch)
                .orElseThrow(() -> FailureException.input("the platform repository has no " + branch, "", "push it"));
        return at(head).orThrow();
    }
}
