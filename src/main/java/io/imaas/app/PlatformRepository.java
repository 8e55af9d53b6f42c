package io.imaas.app;

import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.Read;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.GitRepository;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The platform's metadata as its repository says, at a commit: what is there, or what is proposed. */
public record PlatformRepository(GitRepository repository) {
    /** The catalog at a commit, or every problem of its files. */
    public Read<Catalog> at(CommitId commit) {
        Map<String, String> files = new TreeMap<>();
        for (String path : repository.list(commit, "")) {
            if (CatalogReader.concerns(path)) {
                files.put(path, new String(repository.read(commit, path).orElseThrow(), StandardCharsets.UTF_8));
            }
        }
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
