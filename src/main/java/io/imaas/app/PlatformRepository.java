package io.imaas.app;

import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.KnownFiles;
import io.imaas.catalog.Read;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Verification;
import io.imaas.port.AdmissionPolicies;
import io.imaas.port.Expressions;
import io.imaas.port.GitHistory.ChangedFile;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import io.imaas.step.observe.HttpGateObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The platform's metadata as its repository says, at a commit: what is there, or what is proposed.
 *
 * @param known what was read of it before
 */
public record PlatformRepository(GitRepository repository, KnownFiles known) {
    /** For whoever reads it once or twice. */
    public PlatformRepository(GitRepository repository) {
        this(repository, new KnownFiles());
    }

    /** The catalog at a commit, or every problem of its files. */
    public Read<Catalog> at(CommitId commit) {
        return files(commit).catalog();
    }

    private KnownFiles.AtCommit files(CommitId commit) {
        return known.at(commit).orElseGet(() -> {
            TextFiles files = texts(commit);
            Read<Catalog> read = CatalogReader.read(files.texts(), files.unreadable(), known);
            KnownFiles.AtCommit found = new KnownFiles.AtCommit(commit, files.texts(), files.unreadable(), read);
            known.keep(found);
            return found;
        });
    }

    /** The files that the catalog is read from. */
    public TextFiles texts(CommitId commit) {
        return known.latest()
                .flatMap(before -> since(before, commit))
                .orElseGet(() -> with(TextFiles.of(Map.of()), commit, repository.list(commit, "")));
    }

    /** Only what changed is read; empty where the earlier commit is in the repository no longer. */
    private Optional<TextFiles> since(KnownFiles.AtCommit before, CommitId commit) {
        List<ChangedFile> changed;
        try {
            changed = repository.changed(before.commit(), commit);
        } catch (FailureException unknown) {
            return Optional.empty();
        }
        return Optional.of(with(
                new TextFiles(new TreeMap<>(before.texts()), new TreeMap<>(before.unreadable())),
                commit,
                changed.stream().map(ChangedFile::path).toList()));
    }

    private TextFiles with(TextFiles before, CommitId commit, List<String> paths) {
        List<String> asked = paths.stream().filter(CatalogReader::concerns).toList();
        TextFiles found = repository.readText(commit, asked);
        return new TextFiles(
                with(before.texts(), asked, found.texts()), with(before.unreadable(), asked, found.unreadable()));
    }

    private static <T> SortedMap<String, T> with(Map<String, T> before, List<String> asked, Map<String, T> found) {
        SortedMap<String, T> files = new TreeMap<>(before);
        files.keySet().removeAll(asked);
        files.putAll(found);
        return files;
    }

    /**
     * The same with what is wrong with expressions of policies and gates. Such a catalog can be worked with: the gates say the
     * same, and stay closed for whatever they are about.
     */
    public static Read<Catalog> withExpressions(Read<Catalog> read, AdmissionPolicies engine, Expressions expressions) {
        if (!(read instanceof Read.Ok<Catalog> ok)) {
            return read;
        }
        List<Problem> problems = new ArrayList<>(engine.problems(ok.value().policies()));
        Platform platform = ok.value().platform();
        Stream.concat(platform.gates().stream(), platform.verify().stream().map(Verification::question))
                .forEach(question -> problems.addAll(HttpGateObserver.problems(question, expressions)));
        if (problems.isEmpty()) {
            return read;
        }
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(ok.warnings());
        return new Read.Bad<>(all);
    }

    /**
     * The catalog at a branch's tip.
     *
     * @throws FailureException INPUT when there is no such branch, or with every problem of its files
     */
    public Catalog tip(BranchName branch) {
        return at(head(branch)).orThrow();
    }

    /**
     * The same for whoever goes on serving it while tenants' files are broken.
     *
     * @throws FailureException INPUT when there is no such branch, or an error is in a file of all tenants
     */
    public Catalog served(BranchName branch) {
        CommitId head = head(branch);
        return known.served(head, () -> LastGood.of(at(head), texts(head), repository, branch, known));
    }

    /** @throws FailureException INPUT when there is no such branch */
    public CommitId head(BranchName branch) {
        return repository
                .head(branch)
                .orElseThrow(() -> FailureException.input(
                        "the platform repository has no branch " + branch,
                        "push it; a tenant's own repository is named with --gitops, not with --platform"));
    }
}
