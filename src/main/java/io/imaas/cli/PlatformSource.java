package io.imaas.cli;

import io.imaas.app.LastGood;
import io.imaas.app.PlatformRepository;
import io.imaas.app.Vanished;
import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.KnownFiles;
import io.imaas.catalog.Read;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the platform repository: a folder of this machine, or the tip of a repository's {@code main}. */
public final class PlatformSource {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final BranchName MAIN = new BranchName("main");

    private PlatformSource() {}

    /** Without the tenants whose files have errors; throws INPUT when the errors are in files of all tenants. */
    public static Catalog read(String where, Function<RepositoryUrl, GitRepository> repositories) {
        return find(where, repositories).orRest();
    }

    /** The same, again and again: tenants whose files have errors are there as they were when their files were right. */
    public static Catalog served(String where, Function<RepositoryUrl, GitRepository> repositories, KnownFiles known) {
        PlatformRepository repository = repository(where, repositories, known);
        return folder(where)
                .map(PlatformFolder::files)
                .map(files -> hasHistory(where)
                        ? LastGood.of(read(files, known), files, repository.repository(), MAIN, known)
                        : read(files, known).orRest())
                .orElseGet(() -> repository.served(MAIN));
    }

    /** The same with every problem of its files. */
    public static Read<Catalog> find(String where, Function<RepositoryUrl, GitRepository> repositories) {
        KnownFiles known = new KnownFiles();
        return read(files(where, repositories, known), known);
    }

    /** The files that the catalog is read from, path to text. */
    static Map<String, String> texts(String where, Function<RepositoryUrl, GitRepository> repositories) {
        TextFiles files = files(where, repositories, new KnownFiles());
        files.paths().forEach(files::find);
        return files.texts();
    }

    static Read<Catalog> read(TextFiles files, KnownFiles known) {
        return CatalogReader.read(files.texts(), files.unreadable(), known);
    }

    private static TextFiles files(
            String where, Function<RepositoryUrl, GitRepository> repositories, KnownFiles known) {
        return folder(where).map(PlatformFolder::files).orElseGet(() -> {
            PlatformRepository repository = repository(where, repositories, known);
            return repository.texts(repository.head(MAIN));
        });
    }

    private static Optional<PlatformFolder> folder(String where) {
        requireWhole(where);
        return Optional.of(where)
                .filter(text -> !text.contains("://"))
                .map(Path::of)
                .filter(folder -> Files.isRegularFile(folder.resolve("platform.yaml")))
                .map(PlatformFolder::new);
    }

    /** A path into a platform repository, or to its file, is taken for the whole. */
    private static void requireWhole(String where) {
        if (where.contains("://") || !Files.exists(Path.of(where))) {
            return;
        }
        Path path = Path.of(where);
        if (Stream.of(".git", "HEAD").anyMatch(own -> Files.exists(path.resolve(own)))) {
            return;
        }
        PlatformFolder.above(path)
                .filter(found -> !found.equals(path.toAbsolutePath().normalize()))
                .filter(found -> new PlatformFolder(found).isPlatform())
                .ifPresent(found -> {
                    throw FailureException.input(
                            "this is a part of a platform repository, and the whole is needed",
                            where,
                            "--platform " + Pasted.of(found));
                });
    }

    /**
     * As a revision of its repository says, or every problem of its files.
     *
     * @param revision a commit's whole id, or a branch
     */
    public static Read<Catalog> at(String where, String revision, Function<RepositoryUrl, GitRepository> repositories) {
        PlatformRepository repository = repository(where, repositories, new KnownFiles());
        CommitId commit =
                COMMIT.matcher(revision).matches() ? new CommitId(revision) : repository.head(new BranchName(revision));
        return repository.at(commit);
    }

    /** What a tenant's file named before and names no more; nothing where the platform's files are in no repository. */
    static List<Problem> vanished(
            String where, TenantName name, Catalog catalog, Function<RepositoryUrl, GitRepository> repositories) {
        return hasHistory(where)
                ? Vanished.inHistory(
                        repository(where, repositories, new KnownFiles()),
                        name,
                        catalog.tenant(name),
                        catalog.platform())
                : List.of();
    }

    private static boolean hasHistory(String where) {
        return where.contains("://") || Files.exists(Path.of(where).resolve(".git"));
    }

    private static PlatformRepository repository(
            String where, Function<RepositoryUrl, GitRepository> repositories, KnownFiles known) {
        return new PlatformRepository(repositories.apply(RepositoryOption.url(where)), known);
    }
}
