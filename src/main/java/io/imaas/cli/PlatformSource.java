package io.imaas.cli;

import io.imaas.app.PlatformRepository;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.GitRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Reads the platform repository: a folder of this machine, or the tip of a repository's {@code main}. */
public final class PlatformSource {
    private static final BranchName MAIN = new BranchName("main");

    private PlatformSource() {}

    public static Catalog read(String where, Function<RepositoryUrl, GitRepository> repositories) {
        Path folder = where.contains("://") ? null : Path.of(where);
        boolean checkout = folder != null && Files.isRegularFile(folder.resolve("platform.yaml"));
        return checkout
                ? CatalogReader.read(new PlatformFolder(folder).texts()).orThrow()
                : new PlatformRepository(repositories.apply(RepositoryOption.url(where))).tip(MAIN);
    }
}
