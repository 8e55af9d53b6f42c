package io.imaas.cli;

import io.imaas.adapter.git.GitRepositories;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.BranchName;
import io.imaas.model.Catalog;
import io.imaas.model.CommitId;
import io.imaas.model.FailureException;
import io.imaas.model.RepositoryUrl;
import io.imaas.port.GitRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads the platform repository: a folder of this machine, or the tip of a repository's {@code main}. */
public final class PlatformSource {
    private static final BranchName MAIN = new BranchName("main");

    private PlatformSource() {}

    public static Catalog read(String where, GitRepositories repositories) {
        Path folder = where.contains("://") ? null : Path.of(where);
        boolean checkout = folder != null && Files.isRegularFile(folder.resolve("platform.yaml"));
        return checkout
                ? CatalogReader.read(new PlatformFolder(folder).texts()).orThrow()
                : read(repositories.at(new RepositoryUrl(where)), MAIN);
    }

    /** What a branch's tip says: {@code main}, or a proposal. */
    public static Catalog read(GitRepository repository, BranchName branch) {
        CommitId head = repository
                .head(branch)
                .orElseThrow(() -> FailureException.input("the platform repository has no " + branch, "", "push it"));
        Map<String, String> files = new TreeMap<>();
        for (String path : repository.list(head, "")) {
            if (CatalogReader.concerns(path)) {
                files.put(path, new String(repository.read(head, path).orElseThrow(), StandardCharsets.UTF_8));
            }
        }
        return CatalogReader.read(files).orThrow();
    }
}
